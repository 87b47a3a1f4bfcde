// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import static io.callvault.ledger.LedgerSamples.call;
import static io.callvault.ledger.LedgerSamples.done;
import static io.callvault.ledger.LedgerSamples.key;
import static io.callvault.ledger.LedgerSamples.recording;
import static io.callvault.ledger.LedgerSamples.revision;
import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.model.ListedRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Finding records again. */
interface SearchContract extends LedgerSamples {

    private static ListedRecord from(String id, String number, String name, Instant at) {
        return new ListedRecord(
                id, "Voice", at, "101", "inbound", number, name, "+14155550100", "Front Desk", true, "{\"id\":\"" + id + "\"}",
                List.of(), null);
    }

    /** Takes in everything that is not known yet. */
    private void index() {
        while (done(ledger().search().index(2)) > 0) {
            // goes on
        }
    }

    private List<String> find(String text) {
        return find(new Search.Query(text, "", "", "", null, null));
    }

    private List<String> find(Search.Query query) {
        return ledger().search().find("acme", query, Search.NEWEST, 50).hits().stream()
                .map(Search.Hit::id)
                .toList();
    }

    private void company() {
        list(
                revision(from("1", "+15105550142", "Zoë Example", NOW.minusSeconds(300))),
                revision(from("2", "+15105550143", "Ann Other", NOW.minusSeconds(200))),
                revision(from("3", "+442071838750", "<script>alert(1)</script>", NOW.minusSeconds(100))));
        index();
    }

    @Test
    default void a_record_is_found_by_digits_from_either_end_of_its_number() {
        company();
        assertThat(find("0142")).containsExactly("1");
        assertThat(find("(510) 555-0142")).containsExactly("1");
        assertThat(find("+1510")).containsExactly("2", "1");
        assertThat(find("+510")).isEmpty();
        assertThat(find("183")).isEmpty();
        assertThat(find("4155550100")).containsExactly("3", "2", "1");
    }

    @Test
    default void a_record_is_found_by_beginnings_of_words_of_its_names() {
        company();
        assertThat(find("zoe")).containsExactly("1");
        assertThat(find("EXAM zo")).containsExactly("1");
        assertThat(find("desk")).containsExactly("3", "2", "1");
        assertThat(find("alert")).containsExactly("3");
        assertThat(find("ample")).isEmpty();
        assertThat(find("ann 0143")).containsExactly("2");
        assertThat(find("% _ ' \"")).containsExactly("3", "2", "1");
    }

    @Test
    default void what_is_asked_for_beside_narrows_it() {
        company();
        list(revision(call("4")));
        index();
        assertThat(find(Search.Query.any())).containsExactly("3", "2", "1", "4");
        assertThat(find(new Search.Query("", "101", "Inbound", "voice", null, null))).hasSize(4);
        assertThat(find(new Search.Query("", "102", "", "", null, null))).isEmpty();
        assertThat(find(new Search.Query("", "", "outbound", "", null, null))).isEmpty();
        assertThat(find(new Search.Query("", "", "", "Fax", null, null))).isEmpty();
        assertThat(find(new Search.Query("", "", "", "", NOW.minusSeconds(200), null))).containsExactly("3", "2");
        assertThat(find(new Search.Query("", "", "", "", null, NOW.minusSeconds(200)))).containsExactly("1", "4");
        assertThat(ledger().search().find("other", Search.Query.any(), Search.NEWEST, 9).hits()).isEmpty();
    }

    @Test
    default void pages_go_on_where_the_last_ended_also_within_one_millisecond() {
        list(IntStream.range(0, 25)
                .mapToObj(i -> revision(from("r" + i, "+1510555" + (1000 + i), "Same Name", NOW)))
                .toArray(NewRevision[]::new));
        index();
        List<String> all = new ArrayList<>();
        long before = Search.NEWEST;
        do {
            Search.Found found = ledger().search()
                    .find("acme", new Search.Query("same", "", "", "", null, null), before, 10);
            found.hits().forEach(hit -> all.add(hit.id()));
            before = found.next();
        } while (before != 0);
        assertThat(all).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    default void a_record_that_changed_is_found_as_it_is() {
        company();
        list(revision(new ListedRecord(
                "1", "Fax", NOW.minus(Duration.ofDays(1)), "101", "inbound", "+15105550199", "New Name", null, null, true,
                "{\"id\":\"1\",\"n\":2}", List.of(), null)));
        index();
        assertThat(find("0142")).isEmpty();
        assertThat(find("0199")).containsExactly("1");
        assertThat(find("name new")).containsExactly("1");
        assertThat(find(Search.Query.any())).containsExactly("3", "2", "1");
    }

    @Test
    default void what_was_there_before_anybody_searched_is_found_and_nothing_is_taken_in_for_ever() {
        list(revision(call("1")), revision(call("2")));
        index();
        assertThat(find("ann")).containsExactlyInAnyOrder("1", "2");
        assertThat(done(ledger().search().index(10))).isZero();
    }

    @Test
    default void who_played_what_goes_to_every_journal() {
        claimed("1");
        done(ledger().played(key("1"), "calls", "1", "ann", "127.0.0.1", NOW));
        assertThat(lines("vault"))
                .containsExactly("{\"at\":\"2026-03-10T14:00:00.000Z\",\"event\":\"played\",\"feed\":\"calls\","
                        + "\"item\":\"recording/1\",\"record-id\":\"1\",\"who\":\"ann\",\"address\":\"127.0.0.1\"}");
        assertThat(lines("nas")).isEqualTo(lines("vault"));
    }

    @Test
    default void a_record_is_shown_with_all_that_belongs_to_it() {
        DueReceipt receipt = planned("1", "vault").get(0);
        done(ledger().stored(receipt, LedgerSamples.proof(receipt), true, NOW));
        list(revision(call("1", "{\"id\":\"1\",\"n\":2}", NOW.minusSeconds(600), recording("1"))));

        Views views = ledger().views();
        assertThat(views.record("acme", "calls", "1").orElseThrow().fromName()).isEqualTo("Ann");
        assertThat(views.record("acme", "calls", "9")).isEmpty();
        assertThat(views.revisions("acme", "calls", "1")).extracting(Views.Revision::raw)
                .containsExactly("{\"id\":\"1\"}", "{\"id\":\"1\",\"n\":2}");
        assertThat(views.items("acme", List.of("recording/1", "recording/2")))
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.state()).isEqualTo("stored");
                    assertThat(item.length()).isEqualTo(100);
                    assertThat(item.type()).isEqualTo("audio/mpeg");
                });
        assertThat(views.receipts("acme", "recording/1"))
                .singleElement()
                .satisfies(each -> assertThat(each.path()).isEqualTo("acme/calls/1.mp3"));
        assertThat(views.records("acme", false)).containsExactly(new Views.Count("2026-03-10T13", "calls", 1));
        assertThat(views.items("acme", true)).containsExactly(new Views.Count("2026-03-10T13:50", "stored", 1));
        assertThat(views.failing("acme")).isEmpty();
    }
}
