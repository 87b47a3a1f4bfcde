// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import io.callvault.alarm.AlarmCode;
import io.callvault.alarm.Letter;
import io.callvault.alarm.Lookout;
import io.callvault.alarm.Post;
import io.callvault.alarm.Situation;
import io.callvault.config.Configuration;
import io.callvault.config.ConfigurationReader;
import io.callvault.json.ExactJson;
import io.callvault.ledger.AlarmFacts;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Ledgers;
import io.callvault.testing.SettableClock;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each alarm, raised and over, through the shipped routes to a mail server and a webhook. */
class AlarmsTest {

    private static final Instant NOW = Instant.parse("2026-03-12T17:00:00Z");
    private static final String TOKEN = "s3cr3t-of-the-hook";

    @TempDir
    Path home;

    private final SettableClock clock = new SettableClock(NOW);
    private GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final List<String> posted = Collections.synchronizedList(new ArrayList<>());
    private final List<String> tokens = Collections.synchronizedList(new ArrayList<>());
    private volatile int answer = 200;
    private HttpServer hook;
    private Main main;
    private Ledger ledger;
    private Configuration configuration;
    private AlarmChannels channels;
    private Lookout lookout;
    private Post post;

    @BeforeEach
    void start() throws Exception {
        mail.start();
        hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/hook", exchange -> {
            posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        hook.start();
        configuration = new ConfigurationReader(null).read(home.resolve("application.properties"), """
                callvault.routes = %s
                alarm.mail.to = operator@example.com, night@example.com
                alarm.mail.server = 127.0.0.1
                alarm.mail.port = %d
                alarm.mail.security = none
                alarm.webhook.url = http://127.0.0.1:%d/hook?key=x
                alarm.webhook.token = %s
                """.formatted(
                        Path.of("routes").toAbsolutePath(),
                        mail.getSmtp().getPort(),
                        hook.getAddress().getPort(),
                        TOKEN));
        main = new Main();
        Properties properties = new Properties();
        properties.putAll(CamelDefaults.properties());
        properties.setProperty("camel.main.routesIncludePattern", "file:" + Path.of("routes/alarm").toAbsolutePath() + "/*.yaml");
        channels = new AlarmChannels(
                configuration.alarms(),
                List.of("acme"),
                configuration.resolveAlarmSecrets(List.of()),
                main::getCamelContext);
        channels.bind(main, properties);
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setInitialProperties(properties);
        main.start();
        ledger = Ledgers.open("jdbc:sqlite:" + home.resolve("ledger.db"), clock);
        restart();
    }

    @AfterEach
    void stop() {
        main.stop();
        ledger.close();
        hook.stop(0);
        mail.stop();
    }

    /** Forgets everything that does not lie in the ledger. */
    private void restart() {
        lookout = new Lookout(
                ledger.alarms(), configuration.alarms(), customer -> List.of("mail", "webhook"), clock);
        post = new Post(ledger.alarms(), channels.all(), clock);
    }

    private void look(Situation situation) {
        lookout.look(List.of(situation));
        post.deliver();
    }

    private static Situation good() {
        return situation(facts(0, null, null, NOW.plus(Duration.ofDays(1)), List.of()), target(null, true), Map.of(), 1L << 40);
    }

    private static AlarmFacts facts(
            long dead, Instant firstLoss, String stopped, Instant listedUntil, List<String> incomplete) {
        return new AlarmFacts(
                dead,
                dead == 0 ? Map.of() : Map.of("CONTENT_FORBIDDEN", dead),
                firstLoss,
                stopped,
                Map.of("calls", listedUntil),
                incomplete,
                Map.of());
    }

    private static Situation.Target target(String down, boolean isProved) {
        return new Situation.Target("nas", down, isProved);
    }

    private static Situation situation(
            AlarmFacts facts, Situation.Target target, Map<String, Instant> credentials, Long free) {
        return new Situation(
                "acme",
                facts,
                List.of("calls"),
                List.of(target),
                credentials,
                Map.of("nas", new Situation.Room("/srv/archive", free)),
                null);
    }

    private static Situation refused(String reason) {
        return new Situation(
                "acme",
                well(),
                List.of("calls"),
                List.of(target(null, true)),
                Map.of(),
                Map.of("nas", new Situation.Room("/srv/archive", 1L << 40)),
                reason);
    }

    private static AlarmFacts well() {
        return good().facts();
    }

    /** A situation for each code, and how long it must be so. */
    private record Case(AlarmCode code, Duration lasting, Situation situation) {
        @Override
        public String toString() {
            return code.name();
        }
    }

    static Stream<Case> cases() {
        Instant later = NOW.plus(Duration.ofDays(1));
        return Stream.of(
                new Case(
                        AlarmCode.DEAD_ITEMS,
                        Duration.ZERO,
                        situation(facts(1, null, null, later, List.of()), target(null, true), Map.of(), 1L << 40)),
                new Case(
                        AlarmCode.CUSTOMER_STOPPED,
                        Duration.ZERO,
                        situation(
                                facts(0, null, "Sign-in was refused [CREDENTIALS_REJECTED]", later, List.of()),
                                target(null, true),
                                Map.of(),
                                1L << 40)),
                new Case(
                        AlarmCode.TARGET_DOWN,
                        Duration.ofMinutes(30),
                        situation(well(), target("not mounted [STORE_UNREACHABLE]", false), Map.of(), 1L << 40)),
                new Case(
                        AlarmCode.CREDENTIALS_EXPIRE,
                        Duration.ZERO,
                        situation(well(), target(null, true), Map.of("1", NOW.plus(Duration.ofDays(29))), 1L << 40)),
                new Case(
                        AlarmCode.DISK_LOW,
                        Duration.ZERO,
                        situation(well(), target(null, true), Map.of(), 5L * (1L << 30) - 1)),
                new Case(AlarmCode.CHANGE_REFUSED, Duration.ZERO, refused("nothing reads this key")),
                new Case(
                        AlarmCode.NOT_LISTED,
                        Duration.ofMinutes(30),
                        situation(
                                facts(0, null, null, NOW.minus(Duration.ofHours(27)), List.of()),
                                target(null, true),
                                Map.of(),
                                1L << 40)),
                new Case(
                        AlarmCode.LOSS_NEAR,
                        Duration.ofHours(1),
                        situation(
                                facts(0, NOW.plus(Duration.ofDays(3)).minusSeconds(1), null, later, List.of()),
                                target(null, true),
                                Map.of(),
                                1L << 40)),
                new Case(
                        AlarmCode.LISTING_INCOMPLETE,
                        Duration.ofHours(2),
                        situation(
                                facts(0, null, null, later, List.of("a link leads elsewhere [LISTING_FOREIGN_LINK]")),
                                target(null, true),
                                Map.of(),
                                1L << 40)));
    }

    @Test
    void every_code_has_its_case() {
        assertThat(cases().map(Case::code))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(AlarmCode.values())
                        .filter(code -> code != AlarmCode.DIGEST)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void each_is_told_once_and_once_that_it_is_over_whatever_is_restarted(Case one) throws Exception {
        look(good());
        assertThat(titles()).isEmpty();

        look(one.situation());
        if (!one.lasting().isZero()) {
            assertThat(titles()).as("it has not lasted").isEmpty();
            clock.advance(one.lasting().minusSeconds(1));
            restart();
            look(one.situation());
            assertThat(titles()).as("nor yet").isEmpty();
            clock.advance(Duration.ofSeconds(1));
            look(one.situation());
        }
        assertThat(titles()).singleElement().asString().startsWith("Callvault: acme: " + one.code());
        String text = body(0);
        assertThat(text).contains("Alarm " + one.code() + " of acme", one.code().advice());
        assertThat(posted).singleElement().satisfies(each -> {
            JsonNode notice = ExactJson.MAPPER.readTree(each).get("notices").get(0);
            assertThat(notice.get("alarm").asText()).isEqualTo(one.code().name());
            assertThat(notice.get("state").asText()).isEqualTo("raised");
            assertThat(notice.get("customer").asText()).isEqualTo("acme");
        });

        look(one.situation());
        restart();
        clock.advance(Duration.ofHours(3));
        look(one.situation());
        assertThat(titles()).as("told once").hasSize(1);

        look(good());
        assertThat(titles()).hasSize(2);
        assertThat(titles().get(1)).startsWith("Callvault: acme: over: " + one.code());
        look(good());
        restart();
        look(good());
        assertThat(titles()).hasSize(2);
        assertThat(posted).hasSize(2);
        assertThat(tokens).containsOnly("Bearer " + TOKEN);
        assertThat(ledger.alarms().states()).isEmpty();
    }

    @Test
    void what_does_not_last_is_not_told() {
        Situation down = situation(well(), target("no answer", false), Map.of(), 1L << 40);
        look(down);
        clock.advance(Duration.ofMinutes(29));
        look(good());
        clock.advance(Duration.ofMinutes(29));
        look(down);
        look(good());
        assertThat(titles()).isEmpty();
    }

    @Test
    void an_alarm_stays_while_nobody_knows_whether_it_is_over() {
        Situation down = situation(well(), target("no answer", false), Map.of(), 1L << 40);
        look(down);
        clock.advance(Duration.ofMinutes(30));
        look(down);
        assertThat(posted).hasSize(1);
        look(situation(well(), target(null, false), Map.of(), null));
        assertThat(posted).hasSize(1);
        look(good());
        assertThat(posted).hasSize(2);
    }

    /** What a caller or a provider chose comes into sentences; it must stay text. */
    @Test
    void a_strangers_text_never_becomes_a_header_or_another_mail() throws Exception {
        String hostile = "x\r\nBcc: victim@example.com\r\nSubject: pwned\r\n\r\n.\r\nMAIL FROM:<a@b>\u2028\u202eevil ${body} {{env:HOME}}";
        look(situation(facts(0, null, hostile, NOW.plusSeconds(9), List.of(hostile)), target(null, true), Map.of("1\r\nBcc: v@example.com", NOW), 1L << 40));

        assertThat(mail.getReceivedMessages()).as("one to each of two").hasSize(2);
        for (MimeMessage message : mail.getReceivedMessages()) {
            assertThat(message.getHeader("Bcc")).isNull();
            assertThat(message.getHeader("Subject")).hasSize(1);
            assertThat(message.getSubject()).doesNotContain("pwned");
            assertThat(message.getAllRecipients()).hasSize(2);
            assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        }
        assertThat(body(0)).contains("x Bcc: victim@example.com Subject: pwned", "${body} {{env:HOME}}");
        assertThat(body(0)).doesNotContain("\u202e", "\u2028");
    }

    @Test
    void a_channel_that_is_down_gets_everything_later_and_holds_back_no_other() {
        answer = 503;
        look(situation(facts(1, null, null, NOW.plusSeconds(9), List.of()), target(null, true), Map.of(), 1L << 40));
        assertThat(titles()).hasSize(1);
        assertThat(posted).hasSize(1);

        post.deliver();
        clock.advance(Duration.ofSeconds(59));
        post.deliver();
        assertThat(posted).as("not before its time").hasSize(1);

        answer = 204;
        restart();
        post.deliver();
        assertThat(posted).hasSize(2);
        assertThat(posted.get(1)).isEqualTo(posted.get(0));
        post.deliver();
        clock.advance(Duration.ofDays(1));
        post.deliver();
        assertThat(posted).hasSize(2);
        assertThat(titles()).hasSize(1);
    }

    @Test
    void a_mail_server_that_is_down_gets_everything_later() throws Exception {
        int port = mail.getSmtp().getPort();
        mail.stop();
        look(situation(facts(1, null, null, NOW.plusSeconds(9), List.of()), target(null, true), Map.of(), 1L << 40));
        look(good());
        assertThat(posted).hasSize(2);
        assertThat(ledger.alarms().unsent(9)).extracting("kind").containsExactly("raised", "over");

        mail = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        clock.advance(Duration.ofMinutes(1));
        post.deliver();
        assertThat(titles()).containsExactly("Callvault: 2 notices for acme");
        assertThat(ledger.alarms().unsent(9)).isEmpty();
    }

    @Test
    void no_secret_stands_in_an_error() {
        answer = 500;
        look(situation(facts(1, null, null, NOW.plusSeconds(9), List.of()), target(null, true), Map.of(), 1L << 40));
        Throwable thrown = catchThrowable(() -> channels.all()
                .get(1)
                .send("", new Letter("t", "t", "{}")));
        assertThat(thrown).hasMessageContaining("answered 500").hasMessageNotContaining(TOKEN);
        assertThat(thrown.toString()).doesNotContain("key=x");
    }

    private List<String> titles() {
        // One mailbox after the other.
        List<String> both = Arrays.stream(mail.getReceivedMessages())
                .map(message -> {
                    try {
                        return message.getSubject();
                    } catch (MessagingException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
        List<String> first = both.subList(0, both.size() / 2);
        assertThat(both.subList(both.size() / 2, both.size())).as("each to both").isEqualTo(first);
        return first;
    }

    private String body(int number) throws IOException, MessagingException {
        return mail.getReceivedMessages()[number].getContent().toString().replace("\r\n", "\n");
    }
}
