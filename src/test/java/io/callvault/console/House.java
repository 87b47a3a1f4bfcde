// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.config.Configuration;
import io.callvault.config.ConfigurationReader;
import io.callvault.engine.ConsoleServer;
import io.callvault.engine.Engine;
import io.callvault.flow.Archive;
import io.callvault.flow.Progress;
import io.callvault.ledger.CustomerCounts;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.ListingWindow;
import io.callvault.ledger.NewRevision;
import io.callvault.ledger.Reports;
import io.callvault.ledger.Verdict;
import io.callvault.model.FeedPart;
import io.callvault.model.ItemKey;
import io.callvault.model.ListedItem;
import io.callvault.model.ListedRecord;
import io.callvault.model.Window;
import io.callvault.sandbox.Sandbox;
import io.callvault.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A make-believe company, archived, with a console before it. */
final class House implements AutoCloseable {

    static final String HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>";

    /** The password of everybody in these tests, and what bcrypt makes of it, with as little work as it allows. */
    static final String PASSWORD = "open sesame";

    static final String HASH = at.favre.lib.crypto.bcrypt.BCrypt.withDefaults()
            .hashToString(4, PASSWORD.toCharArray());

    private static final String FAILED = "recording/900";

    final URI address;
    final Engine engine;
    final Path folder;
    private final Sandbox sandbox;
    private final ConsoleServer console;
    private final HttpClient client = HttpClient.newBuilder().build();

    House(Path folder, String... lines) throws IOException {
        this.folder = folder;
        SandboxOptions options =
                SandboxOptions.demo().withVolume(40, 12, 12).withDays(20);
        this.sandbox = Sandbox.start(options, Clock.systemUTC());
        System.setProperty("callvault.test.secret", options.credentials().clientSecret());
        System.setProperty("callvault.test.jwt", options.credentials().jwts().get(0));
        int port = freePort();
        this.address = URI.create("http://127.0.0.1:" + port);
        Path file = folder.resolve("application.properties");
        Files.writeString(
                file,
                """
                callvault.home = data
                callvault.routes = %s
                callvault.console.port = %d
                customer.acme.provider = ringcentral
                customer.acme.server = %s
                customer.acme.client-id = %s
                customer.acme.client-secret = {{sys:callvault.test.secret}}
                customer.acme.jwt = {{sys:callvault.test.jwt}}
                customer.acme.time-zone = Europe/Berlin
                customer.acme.targets = nas, vault
                target.nas.kind = file
                target.nas.directory = nas
                target.vault.kind = file
                target.vault.directory = vault
                %s
                """
                        .formatted(
                                Path.of("routes").toAbsolutePath(),
                                port,
                                sandbox.server(),
                                options.credentials().clientId(),
                                String.join("\n", lines)));
        Configuration configuration = new ConfigurationReader(null).read(file);
        this.engine = Engine.start(configuration, List.of("acme"), "run", false, Clock.systemUTC());
        assertArchived(engine.archive().run());
        engine.keepGates();
        hostile(engine.ledger());
        while (engine.ledger().search().index(1000).join() > 0) {
            // until all are known
        }
        this.console = ConsoleServer.start(configuration, List.of("acme"), engine, Clock.systemUTC());
    }

    /** All pages are of what this archived. What went wrong is told here, and not by the page that lacks it. */
    private void assertArchived(List<Archive.Outcome> outcomes) {
        CustomerCounts counts = engine.ledger().counts(List.of("acme")).get(0);
        List<Reports.Item> unstored = engine.ledger().reports().items("acme", "nas", "", 1000).stream()
                .filter(item -> !item.state().equals("stored"))
                .toList();
        String story = outcomes.stream().map(House::told).toList() + ", in the ledger: " + counts + ", not stored: " + unstored;
        assertThat(outcomes).as(story).hasSize(1).allMatch(outcome -> outcome.stopped() == null);
        assertThat(outcomes.get(0).codes()).as(story).isEmpty();
        assertThat(counts.items("stored")).as(story).isPositive();
        assertThat(counts.items()).as(story).doesNotContainKeys("due", "fetching", "waiting", "dead");
        assertThat(counts.incomplete()).as(story).isEmpty();
    }

    private static String told(Archive.Outcome outcome) {
        Progress done = outcome.progress();
        return outcome.customer() + ": listed " + done.listed + ", found " + done.found + ", fetched " + done.fetched
                + ", stored " + done.stored + ", failed " + done.failed + ", stopped by " + outcome.stopped() + ", codes "
                + outcome.codes() + ", " + outcome.failures();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A call whose caller has an ugly name and whose recording was given up. */
    private static void hostile(Ledger ledger) {
        Instant at = Instant.now().minus(Duration.ofDays(3));
        FeedPart calls = FeedPart.whole("acme", "calls");
        String raw = "{\"id\":\"900\",\"type\":\"Voice\",\"startTime\":\"" + at + "\",\"direction\":\"Inbound\","
                + "\"from\":{\"phoneNumber\":\"+15105550142\",\"name\":\"" + HOSTILE + "\"},"
                + "\"recording\":{\"id\":\"900\",\"contentUri\":\"/restapi/v1.0/account/~/recording/900/content\"}}";
        ListedItem item = new ListedItem(FAILED, "recording", "/x", null, null, null);
        ListedRecord record = new ListedRecord(
                "900", "Voice", at, "101", "inbound", "+15105550142", HOSTILE, "+14155550100", null, true, raw,
                List.of(item), null);
        NewRevision revision =
                new NewRevision(record, "0".repeat(64), null, Map.of(FAILED, at.plus(Duration.ofDays(90))), "heavy");
        ListingWindow window = ledger.openWindow(calls, new Window(at.minusSeconds(1), at), at).join();
        ledger.keepPage(window, List.of(revision), 1, null, at).join();
        kill(ledger);
    }

    static void kill(Ledger ledger) {
        Verdict verdict = new Verdict("dead", 8, null, "CONTENT_FORBIDDEN", "403 " + HOSTILE, 403, 0, null);
        ledger.itemFailed(new ItemKey("acme", FAILED), verdict, 0, Instant.now()).join();
    }

    String stateOfTheDead() {
        return engine.ledger().views().items("acme", List.of(FAILED)).get(0).state();
    }

    /** The path of a record of which something of this media type is stored. */
    String recordWith(String type) {
        return stored(type).path();
    }

    /** The path of an item of this media type. */
    String itemOf(String type) {
        return "/customers/acme/item?name=" + stored(type).item().replace("/", "%2F");
    }

    record Stored(String item, String path) {}

    Stored stored(String type) {
        for (Reports.Item item : engine.ledger().reports().items("acme", "nas", "", 1000)) {
            boolean isIt = engine.ledger().views().items("acme", List.of(item.item())).stream()
                    .anyMatch(each -> type.equals(each.type()) && each.state().equals("stored"));
            if (isIt) {
                return new Stored(item.item(), "/customers/acme/records/" + item.feed() + "/" + item.recordId());
            }
        }
        throw new AssertionError("nothing stored is " + type);
    }

    /** The bytes of an item as they lie in a target. */
    byte[] bytes(String item) throws IOException {
        return Files.readAllBytes(folder.resolve("nas")
                .resolve(engine.ledger().views().receipts("acme", item).get(0).path()));
    }

    int providerRequests() {
        return sandbox.requests().contentRequests();
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(HttpRequest.newBuilder(address.resolve(path)), headers);
    }

    HttpResponse<String> post(String path, String form, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        return send(request, headers);
    }

    HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
        return send(request, HttpResponse.BodyHandlers.ofString(), headers);
    }

    <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body, String... headers) {
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return client.send(request.timeout(Duration.ofMinutes(3)).build(), body);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        console.close();
        engine.close();
        sandbox.close();
        System.clearProperty("callvault.test.secret");
        System.clearProperty("callvault.test.jwt");
    }
}
