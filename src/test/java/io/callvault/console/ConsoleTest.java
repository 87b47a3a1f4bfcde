// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.ledger.Releases;
import io.callvault.model.ItemKey;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console over HTTP, with nobody to sign in. */
class ConsoleTest {

    @TempDir
    static Path folder;

    private static House house;

    @BeforeAll
    static void open() throws IOException {
        house = new House(folder);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static String page(String path) {
        HttpResponse<String> page = house.get(path);
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        return page.body();
    }

    @Test
    void with_one_customer_the_first_page_leads_to_its_overview() {
        HttpResponse<String> first = house.get("/");
        assertThat(first.statusCode()).isEqualTo(303);
        assertThat(first.headers().firstValue("Location")).contains("/customers/acme");
        assertThat(page("/customers/acme"))
                .contains("behind", "Listed and stored, by day", "nas", "vault", "heavy, lane 1", "what to do");
    }

    @Test
    void what_was_released_at_the_source_is_counted() {
        assertThat(page("/customers/acme")).doesNotContain("release at the source");
        Releases.Candidate stored = house.engine.ledger().releases().candidates("acme", "", 1).get(0);
        Releases.Asked asked = new Releases.Asked(
                new ItemKey("acme", stored.item()), stored.feed(), stored.recordId());
        Instant now = Clock.systemUTC().instant();
        house.engine.ledger().releases().asked(List.of(asked), "delete", now, now).join();

        assertThat(page("/customers/acme"))
                .contains("<th scope=\"row\">release at the source: asked</th><td class=\"n\">1</td>");
    }

    @Test
    void everything_a_page_needs_comes_from_here_and_weighs_little() {
        String overview = page("/customers/acme");
        long weight = overview.length();
        Matcher link = Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(overview);
        while (link.find()) {
            assertThat(link.group(1)).matches("#main|/[^/].*|/");
            if (link.group(1).startsWith("/assets/")) {
                weight += page(link.group(1)).length();
            }
        }
        assertThat(weight).isLessThan(300_000);
    }

    @Test
    void a_page_may_run_nothing_but_its_own_scripts_and_is_kept_by_nobody() {
        var headers = house.get("/customers/acme").headers();
        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).contains("same-origin");
        assertThat(headers.firstValue("Cache-Control")).contains("no-store");
        assertThat(page("/customers/acme")).doesNotContain("<style", "onclick", "javascript:");
    }

    @Test
    void a_callers_name_is_text_on_every_page() {
        for (String path : new String[] {
            "/search?q=0142", "/customers/acme/records/calls/900", "/customers/acme/failures",
            "/search?q=%3Cscript%3Ealert(1)%3C/script%3E", "/search?q=%22%3E%3Cscript%3E"
        }) {
            assertThat(page(path)).doesNotContain("<script>", "<img src=x");
        }
        assertThat(page("/search?q=0142")).contains("&lt;script&gt;alert(1)");
        assertThat(page("/customers/acme/records/calls/900")).contains("&lt;script&gt;alert(1)");
    }

    @Test
    void a_record_is_found_and_shown_with_its_receipts_and_its_json() {
        String item = house.stored("audio/mpeg").item();
        String path = house.recordWith("audio/mpeg");
        assertThat(page("/search")).contains("href=\"" + path);
        assertThat(page(path)).contains(item, "<audio", "Receipts", "SHA-256", "Revision 1", "Legs");
        assertThat(house.get("/customers/acme/records/calls/none").statusCode()).isEqualTo(404);
        assertThat(house.get("/customers/other").statusCode()).isEqualTo(404);
        assertThat(house.get("/search?from=x").statusCode()).isEqualTo(400);
    }

    @Test
    void a_recording_is_given_from_its_target_in_the_parts_that_are_asked_for() throws IOException {
        int before = house.providerRequests();
        String path = house.itemOf("audio/mpeg");
        byte[] whole = house.bytes(house.stored("audio/mpeg").item());
        var all = house.send(HttpRequest.newBuilder(house.address.resolve(path)), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(all.statusCode()).isEqualTo(200);
        assertThat(all.body()).isEqualTo(whole);
        assertThat(all.headers().firstValue("Content-Type")).contains("audio/mpeg");
        assertThat(all.headers().firstValue("Accept-Ranges")).contains("bytes");
        assertThat(all.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(all.headers().firstValue("Content-Disposition").orElseThrow()).matches("inline; filename=\"[\\w.+-]+\".*");

        assertPart(path, "bytes=100-199", whole, 100, 200);
        assertPart(path, "bytes=-10", whole, whole.length - 10, whole.length);
        assertPart(path, "bytes=0-", whole, 0, Math.min(whole.length, Slices.SLICE));
        assertPart(path, "bytes=" + (whole.length - 3) + "-", whole, whole.length - 3, whole.length);
        assertThat(house.get(path, "Range", "bytes=" + whole.length + "-").statusCode()).isEqualTo(416);
        String tag = all.headers().firstValue("ETag").orElseThrow();
        assertThat(house.get(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(house.get(path, "Range", "bytes=0-9", "If-Range", "\"other\"").statusCode()).isEqualTo(200);
        assertThat(house.get(path + "&download=1").headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment");
        assertThat(house.providerRequests()).isEqualTo(before);
    }

    private static void assertPart(String path, String range, byte[] whole, int from, int to) {
        var part = house.send(
                HttpRequest.newBuilder(house.address.resolve(path)), HttpResponse.BodyHandlers.ofByteArray(), "Range", range);
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).as(range).isEqualTo(Arrays.copyOfRange(whole, from, to));
        assertThat(part.headers().firstValue("Content-Range"))
                .contains("bytes " + from + "-" + (to - 1) + "/" + whole.length);
    }

    @Test
    void who_was_given_an_item_goes_to_the_journal_once() {
        String item = house.stored("application/pdf").item();
        house.get(house.itemOf("application/pdf"));
        house.get(house.itemOf("application/pdf"), "Range", "bytes=0-9");
        assertThat(house.engine.ledger().events("acme", "nas", 0, 10_000))
                .filteredOn(event -> event.line().contains("\"event\":\"played\"") && event.line().contains(item))
                .singleElement()
                .satisfies(event -> assertThat(event.line()).contains("\"who\":null", "\"address\":\"127.0.0.1\""));
    }

    @Test
    void a_name_that_is_made_to_lead_here_is_refused() throws IOException {
        assertThat(raw("GET /customers/acme HTTP/1.1\r\nHost: evil.example:" + house.address.getPort()))
                .startsWith("HTTP/1.1 421");
        assertThat(raw("GET /customers/acme?Host=localhost&host=localhost HTTP/1.1\r\nHost: evil.example"))
                .startsWith("HTTP/1.1 421");
        assertThat(raw("GET /customers/acme HTTP/1.1\r\nHost: localhost:9999")).startsWith("HTTP/1.1 200");
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", house.address.getPort())) {
            socket.getOutputStream().write((request + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void what_was_given_up_is_explained_and_made_due_again_by_its_own_page_only() {
        String failures = page("/customers/acme/failures");
        assertThat(failures)
                .contains("CONTENT_FORBIDDEN", "the provider refuses this one download", "let the user of the JWT hear it");
        String form = "code=CONTENT_FORBIDDEN&token=";
        Matcher token = Pattern.compile("name=\"token\" value=\"([^\"]+)\"").matcher(failures);
        assertThat(token.find()).isTrue();

        assertThat(house.post("/customers/acme/retry", form + "guessed").statusCode()).isEqualTo(403);
        assertThat(house.post("/customers/acme/retry", form + token.group(1), "Origin", "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(house.get("/customers/acme/retry?" + form + token.group(1)).statusCode()).isEqualTo(404);
        assertThat(house.stateOfTheDead()).isEqualTo("dead");

        HttpResponse<String> done = house.post("/customers/acme/retry", form + token.group(1));
        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(house.stateOfTheDead()).isEqualTo("due");
        assertThat(page(done.headers().firstValue("Location").orElseThrow())).contains("1 item made due again");
        House.kill(house.engine.ledger());
    }

    @Test
    void days_and_forecast_are_shown() {
        assertThat(page("/customers/acme/days")).contains("Europe/Berlin", "class=\"day complete\"", "class=\"day gap\"");
        assertThat(page("/customers/acme/days?until=2020-01")).contains("2020-01", "Newer");
        assertThat(page("/customers/acme/forecast")).contains("heavy", "items a day");
    }
}
