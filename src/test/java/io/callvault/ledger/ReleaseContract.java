// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import static io.callvault.ledger.LedgerSamples.done;
import static io.callvault.ledger.LedgerSamples.key;
import static io.callvault.ledger.LedgerSamples.proof;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a ledger does with releases at the source. */
interface ReleaseContract extends LedgerSamples {

    private void stored(String id) {
        planned(id, "vault", "nas").forEach(receipt -> done(ledger().stored(receipt, proof(receipt), true, NOW)));
    }

    private static List<Releases.Asked> asked(String id) {
        return List.of(new Releases.Asked(key(id), "calls", id));
    }

    @Test
    default void what_is_stored_and_not_released_may_go() {
        stored("1");
        stored("2");
        claimed("3");
        Releases releases = ledger().releases();
        assertThat(releases.candidates("acme", "", 9)).extracting(Releases.Candidate::item)
                .containsExactly("recording/1", "recording/2");
        assertThat(releases.candidates("acme", "recording/1", 9)).hasSize(1);
        assertThat(releases.candidates("other", "", 9)).isEmpty();
        assertThat(releases.copies(key("1"))).extracting(Releases.Copy::target).containsExactly("nas", "vault");
        assertThat(releases.of("acme", List.of("recording/3", "recording/9")))
                .singleElement()
                .satisfies(item -> assertThat(item.state()).isEqualTo("fetching"));

        done(releases.asked(asked("1"), "delete", NOW, NOW));
        assertThat(releases.candidates("acme", "", 9)).as("nobody knows what became of it").hasSize(2);
        done(releases.ended(asked("1"), "delete", Releases.RELEASED, null, null, NOW));
        done(releases.asked(asked("2"), "delete", NOW, NOW));
        done(releases.ended(asked("2"), "delete", Releases.REFUSED, "RELEASE_REFUSED", "no", NOW));
        assertThat(another().releases().candidates("acme", "", 9))
                .singleElement()
                .satisfies(item -> assertThat(item.outcome()).isEqualTo("refused"));
    }

    @Test
    default void what_became_of_releases_is_counted() {
        for (String id : List.of("1", "2", "3", "4")) {
            stored(id);
            done(ledger().releases().asked(asked(id), "delete", NOW, NOW));
        }
        done(ledger().releases().ended(asked("1"), "delete", Releases.RELEASED, null, null, NOW));
        done(ledger().releases().ended(asked("2"), "delete", Releases.REFUSED, "RELEASE_REFUSED", "no", NOW));
        done(ledger().releases().ended(asked("3"), "delete", Releases.RELEASED, null, null, NOW));
        Reports reports = another().reports();
        Map<String, Long> all = Map.of(Releases.ASKED, 1L, Releases.RELEASED, 2L, Releases.REFUSED, 1L);

        assertThat(reports.releases("acme", null, null)).isEqualTo(all);
        assertThat(reports.releases("other", null, null)).isEmpty();
        Instant began = ledger().releases().of("acme", List.of("recording/1")).get(0).startedAt();
        assertThat(reports.releases("acme", began, began.plusMillis(1))).isEqualTo(all);
        assertThat(reports.releases("acme", began.plusMillis(1), null)).isEmpty();
        assertThat(reports.releases("acme", null, began)).isEmpty();
    }

    @Test
    default void every_chain_is_told_before_and_after() {
        stored("1");
        done(ledger().releases().asked(asked("1"), "delete", NOW, NOW));
        done(ledger().releases().ended(asked("1"), "delete", Releases.REFUSED, "RELEASE_REFUSED", "because", NOW));
        for (String target : List.of("vault", "nas")) {
            assertThat(lines(target)).filteredOn(line -> line.contains("\"released\""))
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .endsWith("\"item\":\"recording/1\",\"record-id\":\"1\",\"mode\":\"delete\",\"outcome\":\"asked\"}"),
                            line -> assertThat(line)
                                    .endsWith("\"outcome\":\"refused\",\"code\":\"RELEASE_REFUSED\",\"evidence\":\"because\"}"));
        }
    }

    @Test
    default void what_no_published_object_tells_is_known() {
        stored("1");
        Releases releases = ledger().releases();
        assertThat(releases.untold("acme", List.of("nas"))).containsExactly(new Releases.Untold("calls", "1"));
        long last = ledger().events("acme", "nas", 0, 100).stream()
                .mapToLong(JournalEvent::number)
                .max()
                .orElseThrow();
        JournalObject object = new JournalObject(
                "acme", "nas", 1, "acme/journal/1", "0".repeat(64), null, new byte[] {1}, last, NOW);
        done(ledger().fixObject(object));
        assertThat(releases.untold("acme", List.of("nas"))).as("fixed is not published").hasSize(1);
        done(ledger().published(object, NOW));
        assertThat(releases.untold("acme", List.of("nas"))).isEmpty();
        assertThat(releases.untold("acme", List.of("nas", "vault"))).hasSize(1);
        assertThat(releases.made("acme")).containsExactly(new Releases.Made("nas", 1, NOW));
    }

    @Test
    default void a_rehearsal_is_of_its_settings() {
        Releases releases = ledger().releases();
        assertThat(releases.rehearsedAt("acme", "a")).isEmpty();
        done(releases.rehearsed("acme", "a", NOW));
        done(releases.rehearsed("acme", "a", NOW.plusSeconds(1)));
        assertThat(releases.rehearsedAt("acme", "a")).contains(NOW.plusSeconds(1));
        assertThat(releases.rehearsedAt("acme", "b")).isEmpty();
        assertThat(releases.rehearsedAt("other", "a")).isEmpty();
    }
}
