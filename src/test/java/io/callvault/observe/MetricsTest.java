// SPDX-License-Identifier: Apache-2.0
package io.callvault.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.json.ExactJson;
import io.callvault.ledger.AlarmState;
import io.callvault.ledger.CustomerCounts;
import io.callvault.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What Prometheus reads, and what reads Prometheus. */
class MetricsTest {

    private static final Instant NOW = Instant.parse("2026-03-12T17:00:00Z");

    /** A sample of the text format: https://prometheus.io/docs/instrumenting/exposition_formats, read 2026-09. */
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{([a-zA-Z_][a-zA-Z0-9_]*=\"(\\\\.|[^\"\\\\\n])*\",?)*})? "
            + "(-?[0-9.]+(E-?[0-9]+)?|NaN|[+-]Inf)");

    private static final Pattern METRIC = Pattern.compile("\\bcallvault_[a-z_]+");

    private static View view(long stored, String stopped) {
        CustomerCounts counts = new CustomerCounts(
                "acme",
                Map.of("calls", 500L),
                Map.of("stored", stored, "due", 3L, "fetching", 1L, "waiting", 2L, "dead", 4L),
                1,
                0,
                123_456_789_012L,
                NOW,
                NOW.plus(Duration.ofHours(2)),
                List.of(new CustomerCounts.TargetCounts("nas", stored, 6)),
                List.of(),
                stopped,
                List.of("one"));
        return new View(
                NOW,
                List.of(new View.Customer(
                        counts,
                        List.of(new View.Listed("calls", NOW.minusSeconds(90))),
                        List.of(new View.Target("nas", false), new View.Target("vault", true)))),
                List.of(new View.Gate("acme", "1", "heavy", 10, 7, 5, true, stored, 2)),
                List.of(new AlarmState("acme", "TARGET_DOWN", "va\"ult\\\n", NOW, NOW, "x")),
                42,
                Duration.ofMillis(12));
    }

    /** Values by name and labels. */
    private static Map<String, Double> parsed(String text) {
        Map<String, Double> samples = new TreeMap<>();
        assertThat(text).endsWith("\n");
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Matcher sample = SAMPLE.matcher(line);
            assertThat(sample.matches()).as(line).isTrue();
            String labels = sample.group(2) == null ? "" : sample.group(2);
            assertThat(samples.put(sample.group(1) + labels, Double.valueOf(sample.group(5)))).as(line + " stands once").isNull();
        });
        return samples;
    }

    @Test
    void the_text_can_be_read_and_says_what_is() {
        Map<String, Double> samples = parsed(new Metrics().text(view(400, null)));
        assertThat(samples)
                .containsEntry("callvault_items{customer=\"acme\",state=\"stored\"}", 400.0)
                .containsEntry("callvault_items{customer=\"acme\",state=\"pending\"}", 4.0)
                .containsEntry("callvault_items{customer=\"acme\",state=\"waiting\"}", 2.0)
                .containsEntry("callvault_items{customer=\"acme\",state=\"dead\"}", 4.0)
                .containsEntry("callvault_items{customer=\"acme\",state=\"gone\"}", 0.0)
                .containsEntry("callvault_records{customer=\"acme\",feed=\"calls\"}", 500.0)
                .containsEntry("callvault_stored_bytes{customer=\"acme\"}", 123_456_789_012.0)
                .containsEntry("callvault_not_visible{customer=\"acme\"}", 1.0)
                .containsEntry("callvault_first_loss_seconds{customer=\"acme\"}", 7200.0)
                .containsEntry("callvault_customer_stopped{customer=\"acme\"}", 0.0)
                .containsEntry("callvault_listing_incomplete{customer=\"acme\"}", 1.0)
                .containsEntry("callvault_listing_age_seconds{customer=\"acme\",feed=\"calls\"}", 90.0)
                .containsEntry("callvault_target_up{customer=\"acme\",target=\"nas\"}", 1.0)
                .containsEntry("callvault_target_up{customer=\"acme\",target=\"vault\"}", 0.0)
                .containsEntry("callvault_target_pending{customer=\"acme\",target=\"nas\"}", 6.0)
                .containsEntry("callvault_gate_limit{customer=\"acme\",group=\"heavy\",lane=\"1\"}", 10.0)
                .containsEntry("callvault_gate_used{customer=\"acme\",group=\"heavy\",lane=\"1\"}", 7.0)
                .containsEntry("callvault_gate_waiting{customer=\"acme\",group=\"heavy\",lane=\"1\"}", 5.0)
                .containsEntry("callvault_gate_closed{customer=\"acme\",group=\"heavy\",lane=\"1\"}", 1.0)
                .containsEntry("callvault_gate_requests_total{customer=\"acme\",group=\"heavy\",lane=\"1\"}", 400.0)
                .containsEntry("callvault_gate_refused_total{customer=\"acme\",group=\"heavy\",lane=\"1\"}", 2.0)
                .containsEntry("callvault_alarm{code=\"TARGET_DOWN\",customer=\"acme\",subject=\"va\\\"ult\\\\\\n\"}", 1.0)
                .containsEntry("callvault_spool_bytes", 42.0)
                .containsEntry("callvault_ledger_commit_seconds", 0.012);
    }

    @Test
    void what_changes_is_seen_and_what_is_over_is_gone() {
        Metrics metrics = new Metrics();
        metrics.text(view(400, null));
        Map<String, Double> later = parsed(metrics.text(new View(NOW, view(401, "stopped").customers(), view(401, null).gates(), List.of(), 0, null)));
        assertThat(later)
                .containsEntry("callvault_items{customer=\"acme\",state=\"stored\"}", 401.0)
                .containsEntry("callvault_gate_requests_total{customer=\"acme\",group=\"heavy\",lane=\"1\"}", 401.0)
                .containsEntry("callvault_customer_stopped{customer=\"acme\"}", 1.0);
        assertThat(later.keySet()).noneMatch(name -> name.startsWith("callvault_alarm"));
    }

    @Test
    void dashboard_and_rules_ask_only_for_what_there_is() throws IOException {
        TreeSet<String> there = new TreeSet<>();
        parsed(new Metrics().text(view(1, null))).keySet().forEach(name -> there.add(name.replaceAll("\\{.*", "")));
        List<String> asked = new ArrayList<>();
        JsonNode dashboard = ExactJson.MAPPER.readTree(Files.readString(Path.of("src/docs/observe/grafana-dashboard.json")));
        dashboard.findValues("expr").forEach(expr -> asked.add(expr.asText()));
        asked.add(dashboard.at("/templating/list/1/query").asText());
        Object rules = new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(Path.of("src/docs/observe/prometheus-alerts.yml")));
        List<JsonNode> alerts = ExactJson.MAPPER.valueToTree(rules).findValues("expr");
        alerts.forEach(expr -> asked.add(expr.asText()));
        assertThat(dashboard.get("panels").size()).isGreaterThan(9);
        assertThat(alerts).hasSizeGreaterThan(6);
        TreeSet<String> named = new TreeSet<>();
        asked.forEach(expr -> {
            Matcher metric = METRIC.matcher(expr);
            while (metric.find()) {
                named.add(metric.group());
            }
            assertThat(expr).matches("(?s).*(callvault_|\\bup\\b).*");
        });
        assertThat(there).containsAll(named);
        assertThat(Files.readString(Path.of("src/docs/guide/operating.md"))).contains(there.toArray(new String[0]));
    }

    private final SettableClock clock = new SettableClock(NOW);
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicReference<Pages.Pulse> pulse = new AtomicReference<>(new Pages.Pulse(NOW, null, null));

    private Pages pages(String token, boolean isOpen) {
        return new Pages(
                () -> {
                    clock.advance(Duration.ofSeconds(1));
                    taken.incrementAndGet();
                    return view(taken.get(), null);
                },
                pulse::get,
                token,
                isOpen,
                clock);
    }

    @Test
    void metrics_are_shown_to_this_machine_or_for_the_token() {
        assertThat(pages(null, true).page("metrics", null).status()).isEqualTo(200);
        assertThat(pages(null, false).page("metrics", null).status()).isEqualTo(403);
        assertThat(pages("t0ken", true).page("metrics", null).status()).isEqualTo(401);
        assertThat(pages("t0ken", false).page("metrics", "Bearer t0ke").status()).isEqualTo(401);
        assertThat(pages("t0ken", false).page("metrics", "Bearer t0ken").type()).startsWith("text/plain; version=0.0.4");
        assertThat(pages("t0ken", false).page("live", null).status()).isEqualTo(200);
        assertThat(pages("t0ken", false).page("else", null).status()).isEqualTo(404);
    }

    @Test
    void the_ledger_is_not_asked_for_every_reader() {
        Pages pages = pages(null, true);
        String first = pages.page("metrics", null).text();
        clock.advance(Duration.ofSeconds(19));
        assertThat(pages.page("metrics", null).text()).isEqualTo(first);
        clock.advance(Duration.ofSeconds(1));
        assertThat(pages.page("metrics", null).text()).isNotEqualTo(first);
        assertThat(taken).hasValue(2);
    }

    @Test
    void it_is_ready_while_the_ledger_takes_what_is_written_and_lives_while_it_looks() {
        Pages pages = pages(null, true);
        assertThat(pages.page("ready", null).status()).as("still starting").isEqualTo(503);
        assertThat(pages.page("live", null).status()).isEqualTo(200);
        pulse.set(new Pages.Pulse(NOW, NOW, NOW));
        assertThat(pages.page("ready", null).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(11));
        pulse.set(new Pages.Pulse(NOW, clock.instant(), NOW));
        assertThat(pages.page("ready", null).status()).isEqualTo(503);
        assertThat(pages.page("live", null).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(11));
        assertThat(pages.page("live", null).status()).isEqualTo(503);
    }
}
