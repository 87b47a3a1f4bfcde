// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.testing.SettableClock;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessageEndpointsTest {

    private static final String ACCOUNT = "/restapi/v1.0/account/~";
    private static final String STORE = ACCOUNT + "/extension/%s/message-store";
    private static final String SINCE = "?dateFrom=2026-01-01T00:00:00Z";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-12T17:00:00Z"));
    private final Sandbox sandbox = Sandbox.start(
            SandboxOptions.demo().withVolume(new SandboxOptions.Volume(30, 120, 60, 40, 2)), clock);
    private final Caller caller = Caller.signedIn(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void the_stores_of_all_extensions_together_hold_everything() throws Exception {
        Map<String, String> fetched = new HashMap<>();
        List<JsonNode> rows = everything("&owner=Any&availability=Alive&availability=Deleted&availability=Purged");
        for (JsonNode row : rows) {
            for (JsonNode attachment : row.get("attachments")) {
                HttpResponse<byte[]> media = caller.get(attachment.get("uri").asText());
                String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(media.body()));
                fetched.put(row.get("id").asText() + "-" + attachment.get("id").asText(), sum);
            }
        }
        assertThat(rows).hasSize(40);
        assertThat(fetched).hasSize(sandbox.truth().attachments().size());
        sandbox.truth().attachments().forEach(one -> assertThat(fetched).containsEntry(one.key(), one.sha256()));
    }

    @Test
    void hides_what_is_deleted_or_shared_unless_asked() {
        int all = everything("&owner=Any&availability=Alive&availability=Deleted").size();
        int personal = everything("").size();
        assertThat(everything("&owner=Any")).hasSize(all - 2);
        assertThat(everything("&owner=Shared")).isNotEmpty().allMatch(row -> row.has("owner"));
        assertThat(everything("&owner=Shared")).hasSize(all - 2 - personal);
        assertThat(everything("&availability=Deleted&owner=Any"))
                .hasSize(2)
                .allMatch(row -> row.get("availability").asText().equals("Deleted"));
    }

    @Test
    void tells_totals() {
        JsonNode page = caller.json(STORE.formatted("700800900") + SINCE + "&perPage=1");
        int total = page.at("/paging/totalElements").asInt();
        assertThat(total).isGreaterThan(1);
        assertThat(page.at("/paging/totalPages").asInt()).isEqualTo(total);
        assertThat(page.get("navigation").has("lastPage")).isTrue();
        assertThat(caller.all(STORE.formatted("700800900") + SINCE + "&perPage=1")).hasSize(total);
    }

    @Test
    void has_one_of_every_kind() {
        List<JsonNode> rows = everything("&owner=Any&availability=Alive&availability=Deleted");
        assertThat(rows).anyMatch(row -> row.findValuesAsText("contentType").contains("image/jpeg"));
        assertThat(rows).anyMatch(row -> row.get("type").asText().equals("Pager"));
        assertThat(rows).anyMatch(row -> row.get("type").asText().equals("Fax")
                && row.get("direction").asText().equals("Inbound")
                && !row.has("to"));
        assertThat(rows).anyMatch(row -> row.get("type").asText().equals("Fax")
                && row.get("direction").asText().equals("Outbound")
                && row.at("/to/1/recipientId").isTextual());
        assertThat(rows).anyMatch(row -> row.path("vmTranscriptionStatus").asText().equals("Completed")
                && row.findValuesAsText("type").contains("AudioTranscription"));
        assertThat(rows).anyMatch(row -> row.path("conversationId").asLong() > (1L << 53));
        assertThat(rows).allMatch(row -> row.get("id").isIntegralNumber());
    }

    @Test
    void repeated_keys_are_a_list_and_commas_are_not() {
        assertThat(everything("&messageType=SMS&messageType=Fax"))
                .isNotEmpty()
                .allMatch(row -> List.of("SMS", "Fax").contains(row.get("type").asText()));
        HttpResponse<byte[]> commas = caller.get(STORE.formatted("~") + "?messageType=SMS,Fax");
        assertThat(commas.statusCode()).isEqualTo(400);
        assertThat(Caller.code(commas)).isEqualTo("CMN-101");
    }

    @Test
    void one_message_can_be_asked_for() {
        Truth.MessageRow row = sandbox.truth().messages().get(0);
        String store = STORE.formatted(row.extension());
        assertThat(caller.json(store + "/" + row.id()).get("id").asLong()).isEqualTo(row.id());
        assertThat(Caller.code(caller.get(store + "/1"))).isEqualTo("CMN-102");
    }

    @Test
    void a_sync_tells_what_is_new_since_its_token_and_leaves_a_stub_of_what_was_deleted() {
        String sync = ACCOUNT + "/extension/700800900/message-sync?syncType=";
        JsonNode full = caller.json(sync + "FSync&recordCount=1&dateFrom=2026-01-01T00:00:00Z");
        assertThat(full.get("records")).hasSize(1);
        assertThat(full.at("/syncInfo/olderRecordsExist").asBoolean()).isTrue();
        String token = full.at("/syncInfo/syncToken").asText();
        assertThat(caller.json(sync + "ISync&syncToken=" + token).get("records")).isEmpty();
        Truth.MessageRow deleted = sandbox.truth().messages().stream()
                .filter(one -> one.availability().equals("Deleted"))
                .findFirst()
                .orElseThrow();
        String theirs = ACCOUNT + "/extension/" + deleted.extension() + "/message-sync?syncType=ISync&owner=Any&syncToken=";
        assertThat(caller.json(theirs + "since-2026-01-01T00:00:00Z").get("records"))
                .anyMatch(row -> row.get("id").asLong() == deleted.id() && !row.has("type"));
        assertThat(Caller.code(caller.get(sync + "ISync&syncToken=old"))).isEqualTo("MSG-333");
    }

    @Test
    void a_voicemail_left_later_is_in_the_list_and_in_the_next_sync() {
        String sync = ACCOUNT + "/extension/700800900/message-sync?syncType=";
        String token = caller.json(sync + "FSync").at("/syncInfo/syncToken").asText();
        clock.advance(Duration.ofMinutes(10));
        Truth.MessageRow message = sandbox.leaveVoicemail();
        assertThat(caller.json(STORE.formatted("700800900")).at("/records/0/id").asLong())
                .isEqualTo(message.id());
        assertThat(caller.json(sync + "ISync&syncToken=" + token).at("/records/0/id").asLong())
                .isEqualTo(message.id());
        assertThat(sandbox.truth().messages()).hasSize(41).contains(message);
    }

    private List<JsonNode> everything(String filters) {
        List<JsonNode> rows = new ArrayList<>();
        for (JsonNode extension : caller.all(ACCOUNT + "/extension")) {
            rows.addAll(caller.all(STORE.formatted(extension.get("id").asText()) + SINCE + filters));
        }
        return rows;
    }
}
