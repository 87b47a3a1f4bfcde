// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.testing.SettableClock;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListingFaultsTest {

    private static final String ACCOUNT = "/restapi/v1.0/account/~";
    private static final String LOG = ACCOUNT + "/call-log?view=Detailed&dateFrom=2026-01-01T00:00:00Z";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-12T17:00:00Z"));
    private final Sandbox sandbox = Sandbox.start(SandboxOptions.demo().withPerPageCap(50), clock);
    private final Caller caller = Caller.signedIn(sandbox);
    private final Truth.CallRow recorded = sandbox.truth().calls().stream()
            .filter(call -> call.recordings().size() == 2)
            .findFirst()
            .orElseThrow();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void the_next_page_is_elsewhere_or_here_again() {
        sandbox.faults().add(ListingFaults.foreignNextLink(URI.create("https://elsewhere.invalid")).times(1));
        assertThat(next()).startsWith("https://elsewhere.invalid/restapi/v1.0/account/100200300/call-log?");
        assertThat(next()).startsWith(sandbox.server().toString());
        sandbox.faults().add(ListingFaults.nextLinkToItself());
        assertThat(next()).isEqualTo(sandbox.server() + LOG);
    }

    @Test
    void rows_come_and_go_between_pages() {
        sandbox.faults().add(ListingFaults.pagesMove(2));
        List<JsonNode> seen = caller.all(LOG);
        assertThat(seen).hasSize(122);
        assertThat(seen.stream().distinct()).hasSize(120);
        sandbox.faults().clear();
        sandbox.faults().add(ListingFaults.pagesMove(-2));
        assertThat(caller.all(LOG)).hasSize(118).doesNotHaveDuplicates();
    }

    @Test
    void a_call_is_going_on_and_later_it_is_finished() {
        sandbox.faults().add(ListingFaults.inProgress(recorded.id()).times(1));
        JsonNode going = row(recorded.id());
        assertThat(going.get("finished").asBoolean()).isFalse();
        assertThat(going.get("result").asText()).isEqualTo("In Progress");
        assertThat(going.has("recording")).isFalse();
        assertThat(row(recorded.id()).has("recording")).isTrue();
    }

    @Test
    void a_recording_appears_late_or_vanishes() {
        sandbox.faults().add(ListingFaults.recordingAppearsAfter(2, recorded.id()));
        assertThat(row(recorded.id()).findValues("recording")).isEmpty();
        assertThat(row(recorded.id()).findValues("recording")).isEmpty();
        assertThat(row(recorded.id()).findValues("recording")).isNotEmpty();
        sandbox.faults().clear();
        sandbox.faults().add(ListingFaults.recordingVanishesAfter(1, recorded.id()));
        assertThat(row(recorded.id()).findValues("recording")).isNotEmpty();
        assertThat(row(recorded.id()).findValues("recording")).isEmpty();
        assertThat(row(recorded.id()).findValues("recording")).isEmpty();
        sandbox.faults().add(ListingFaults.hidden(recorded.id()));
        assertThat(caller.all(LOG)).hasSize(119);
    }

    @Test
    void parties_are_masked_missing_or_empty() {
        Fault.Armed masked = sandbox.faults().add(ListingFaults.maskedNumbers());
        assertThat(caller.all(LOG).stream().flatMap(row -> row.findValuesAsText("phoneNumber").stream()))
                .allMatch(number -> number.matches("[+]1[0-9]{6}XXXX"));
        masked.off();
        Fault.Armed empty = sandbox.faults().add(ListingFaults.partiesEmpty());
        assertThat(caller.all(LOG)).allMatch(row -> row.get("from").isEmpty() && row.get("to").isEmpty());
        empty.off();
        sandbox.faults().add(ListingFaults.partiesMissing());
        assertThat(caller.all(LOG)).noneMatch(row -> row.has("from") || row.has("to"));
    }

    @Test
    void words_that_no_document_names() {
        sandbox.faults().add(ListingFaults.unknownWords());
        assertThat(row(recorded.id()).get("result").asText()).isEqualTo("Quantum Accepted");
        assertThat(row(recorded.id()).at("/newObject/list/0").asInt()).isEqualTo(1);
    }

    @Test
    void rows_that_cannot_be_read() {
        List<String> ids = sandbox.truth().calls().stream().map(Truth.CallRow::id).toList();
        sandbox.faults().add(ListingFaults.nullRow(ids.get(0)));
        sandbox.faults().add(ListingFaults.idMissing(ids.get(1)));
        sandbox.faults().add(ListingFaults.idIsNumber(ids.get(2)));
        sandbox.faults().add(ListingFaults.timeGarbled(ids.get(3)));
        sandbox.faults().add(ListingFaults.textRow(ids.get(4)));
        List<JsonNode> rows = caller.all(LOG);
        assertThat(rows.get(0).isNull()).isTrue();
        assertThat(rows.get(1).has("id")).isFalse();
        assertThat(rows.get(2).get("id").isIntegralNumber()).isTrue();
        assertThat(rows.get(3).get("startTime").asText()).isEqualTo("yesterday");
        assertThat(rows.get(4).isTextual()).isTrue();
        assertThat(rows.get(5).get("id").asText()).isEqualTo(ids.get(5));
    }

    @Test
    void content_is_said_to_be_at_another_server() {
        sandbox.faults().add(ListingFaults.contentAt(sandbox.stranger()));
        JsonNode row = row(recorded.id());
        assertThat(row.findValuesAsText("contentUri")).allMatch(uri -> uri.startsWith(sandbox.stranger().toString()));
        assertThat(row.get("uri").asText()).startsWith(sandbox.server().toString());
        assertThat(caller.get(row.at("/recording/contentUri").asText()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void an_extension_disappears_with_all_it_had() {
        Fault.Armed gone = sandbox.faults().add(ListingFaults.extensionGone(700800903));
        assertThat(caller.all(ACCOUNT + "/extension")).hasSize(11);
        assertThat(caller.get(ACCOUNT + "/extension/700800903").statusCode()).isEqualTo(404);
        assertThat(caller.get(ACCOUNT + "/extension/700800903/message-store").statusCode())
                .isEqualTo(404);
        assertThat(caller.get(ACCOUNT + "/extension/700800902/message-store").statusCode())
                .isEqualTo(200);
        assertThat(gone.struck()).isEqualTo(3);
    }

    @Test
    void a_transcription_is_finished_later() {
        Truth.AttachmentRow text = sandbox.truth().attachments().stream()
                .filter(one -> one.type().equals("AudioTranscription"))
                .findFirst()
                .orElseThrow();
        Truth.MessageRow message = sandbox.truth().messages().stream()
                .filter(one -> one.id() == text.message())
                .findFirst()
                .orElseThrow();
        String store = ACCOUNT + "/extension/" + message.extension()
                + "/message-store?owner=Any&messageType=VoiceMail&dateFrom=2026-01-01T00:00:00Z";
        sandbox.faults().add(ListingFaults.transcriptionInProgress(message.id()).times(1));
        JsonNode before = row(store, Long.toString(message.id()));
        assertThat(before.get("vmTranscriptionStatus").asText()).isEqualTo("InProgress");
        assertThat(before.get("attachments")).hasSize(1);
        assertThat(row(store, Long.toString(message.id())).get("attachments")).hasSize(2);
    }

    @Test
    void a_sync_token_is_refused_with_either_code() {
        String sync = ACCOUNT + "/extension/~/message-sync";
        sandbox.faults().add(ListingFaults.syncTokenRefused("CMN-101"));
        assertThat(caller.get(sync).statusCode()).isEqualTo(200);
        assertThat(Caller.code(caller.get(sync + "?syncType=ISync&syncToken=since-2026-03-01T00:00:00Z")))
                .isEqualTo("CMN-101");
    }

    @Test
    void anything_else_can_be_done_to_a_row() {
        sandbox.faults()
                .add(ListingFaults.rows("renamed", row -> true, row -> row.has("result") ? row.get("result") : row));
        assertThat(caller.all(LOG)).allMatch(JsonNode::isTextual);
    }

    private String next() {
        return caller.json(LOG).at("/navigation/nextPage/uri").asText();
    }

    private JsonNode row(String id) {
        return row(LOG, id);
    }

    private JsonNode row(String listing, String id) {
        return caller.all(listing).stream()
                .filter(row -> row.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
