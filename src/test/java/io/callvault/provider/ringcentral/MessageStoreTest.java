// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.ringcentral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.callvault.model.ListedItem;
import io.callvault.model.ListedRecord;
import io.callvault.model.Window;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of a message store as the reference shows them, with made-up numbers and ids. */
class MessageStoreTest {

    private static final String BASE =
            "https://media.ringcentral.com/restapi/v1.0/account/100200300/extension/700800900/message-store/";

    private static final String SMS =
            """
            { "id": 5550000000001, "extensionId": "700800900", "type": "SMS", "direction": "Inbound",
              "availability": "Alive", "readStatus": "Unread", "messageStatus": "Received",
              "creationTime": "2026-03-11T15:20:30.000Z", "lastModifiedTime": "2026-03-11T15:20:30.412Z",
              "subject": "Can we move it to 3pm?",
              "from": { "phoneNumber": "+16505550142", "location": "Redwood City, CA" },
              "to": [ { "phoneNumber": "+14155550101", "name": "Robin Example", "target": true } ],
              "attachments": [ { "id": 5550000000001, "type": "Text", "contentType": "text/plain", "uri": "%s" } ],
              "conversationId": 7612345678901234567, "conversation": { "id": "7612345678901234567" } }"""
                    .formatted(BASE + "5550000000001/content/5550000000001");

    private static final String MMS =
            """
            { "id": 5550000000002, "extensionId": "700800900", "type": "SMS", "direction": "Outbound",
              "availability": "Alive", "messageStatus": "Delivered", "creationTime": "2026-03-11T15:25:00.000Z",
              "subject": "Photo attached", "from": { "phoneNumber": "+14155550101", "name": "Robin Example" },
              "to": [ { "phoneNumber": "+16505550142" }, { "phoneNumber": "+16505550143" } ],
              "attachments": [
                { "id": 5550000000002, "type": "Text", "contentType": "text/plain", "uri": "x" },
                { "id": 8880000000011, "type": "MmsAttachment", "contentType": "image/jpeg", "fileName": "IMG_0007.jpg",
                  "size": 348122, "width": 1280, "height": 960, "uri": "%s" } ] }"""
                    .formatted(BASE + "5550000000002/content/8880000000011");

    private static final String FAX =
            """
            { "id": 5550000000003, "extensionId": "700800900", "type": "Fax", "direction": "Outbound",
              "availability": "Alive", "messageStatus": "SendingFailed", "creationTime": "2026-03-11T16:00:00.000Z",
              "lastModifiedTime": "2026-03-11T16:03:40.000Z", "faxPageCount": 3,
              "from": { "phoneNumber": "+14155550101", "name": "Robin Example" },
              "to": [ { "phoneNumber": "+16505550144", "recipientId": "31001", "messageStatus": "Sent" },
                      { "phoneNumber": "+16505550145", "recipientId": "31002", "messageStatus": "SendingFailed" } ],
              "attachments": [ { "id": 1, "type": "RenderedDocument", "contentType": "application/pdf",
                "fileName": "invoice.pdf", "size": 55210, "uri": "%s" } ] }"""
                    .formatted(BASE + "5550000000003/content/1");

    private static final String VOICEMAIL =
            """
            { "id": 5550000000004, "extensionId": "700800900", "type": "VoiceMail", "direction": "Inbound",
              "availability": "Alive", "messageStatus": "Received", "creationTime": "2026-03-11T17:10:00.000Z",
              "lastModifiedTime": "2026-03-11T17:11:12.000Z", "subject": "Voice message",
              "vmTranscriptionStatus": "Completed",
              "from": { "phoneNumber": "+16505550146", "name": "MOBILE CALLER" },
              "to": [ { "phoneNumber": "+14155550101", "extensionNumber": "101", "name": "Robin Example" } ],
              "attachments": [
                { "id": 5550000000004, "type": "AudioRecording", "contentType": "audio/mpeg", "vmDuration": 21,
                  "uri": "%s" },
                { "id": 8880000000044, "type": "AudioTranscription", "contentType": "text/plain", "vmDuration": 21,
                  "fileName": "transcription", "uri": "%s" } ] }"""
                    .formatted(
                            BASE + "5550000000004/content/5550000000004",
                            BASE + "5550000000004/content/8880000000044");

    private final MessageStore store = new MessageStore();

    @Test
    void asks_for_everything_that_is_hidden_from_those_who_do_not_ask() {
        Window window = new Window(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-03-12T15:00:00Z"));

        assertThat(store.firstPage("700800900", window))
                .isEqualTo("/restapi/v1.0/account/~/extension/700800900/message-store?availability=Alive"
                        + "&availability=Deleted&availability=Purged&owner=Any&dateFrom=2026-01-01T00%3A00%3A00Z"
                        + "&dateTo=2026-03-12T15%3A00%3A00Z&perPage=1000&page=1");
        assertThat(store.firstPage("7/../1?x", window)).startsWith("/restapi/v1.0/account/~/extension/7%2F..%2F1%3Fx/");
    }

    @Test
    void a_text_is_held_by_its_record() {
        ListedRecord record = store.record(SMS);

        assertThat(record.id()).isEqualTo("5550000000001");
        assertThat(record.kind()).isEqualTo("SMS");
        assertThat(record.startedAt()).isEqualTo(Instant.parse("2026-03-11T15:20:30Z"));
        assertThat(record.extension()).isEqualTo("700800900");
        assertThat(record.direction()).isEqualTo("inbound");
        assertThat(record.from()).isEqualTo("+16505550142");
        assertThat(record.to()).isEqualTo("+14155550101");
        assertThat(record.toName()).isEqualTo("Robin Example");
        assertThat(record.settled()).isTrue();
        assertThat(record.unreadable()).isNull();
        assertThat(record.items()).isEmpty();
        assertThat(record.raw()).isEqualTo(SMS);
    }

    @Test
    void a_text_without_a_subject_is_fetched() {
        assertThat(store.record(SMS.replace("\"subject\"", "\"other\"")).items())
                .containsExactly(new ListedItem(
                        "attachment/5550000000001-5550000000001",
                        "text",
                        BASE + "5550000000001/content/5550000000001",
                        "text/plain",
                        null,
                        null));
    }

    @Test
    void a_text_with_an_empty_subject_is_empty_and_held() {
        assertThat(store.record(SMS.replace("Can we move it to 3pm?", "")).items()).isEmpty();
    }

    @Test
    void a_second_text_part_is_fetched() {
        String two = MMS.replace("\"MmsAttachment\", \"contentType\": \"image/jpeg\"", "\"Text\", \"contentType\": \"text/plain\"");

        assertThat(store.record(two).items())
                .extracting(ListedItem::id)
                .containsExactly("attachment/5550000000002-8880000000011");
    }

    @Test
    void a_picture_is_fetched_and_goes_to_its_first_recipient() {
        ListedRecord record = store.record(MMS);

        assertThat(record.to()).isEqualTo("+16505550142");
        assertThat(record.items())
                .containsExactly(new ListedItem(
                        "attachment/5550000000002-8880000000011",
                        "mms",
                        BASE + "5550000000002/content/8880000000011",
                        "image/jpeg",
                        348122L,
                        null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RenderedDocument", "SourceDocument", "FaxAttachment"})
    void a_fax_is_fetched_whatever_its_document_is_called(String type) {
        ListedRecord record = store.record(FAX.replace("RenderedDocument", type));

        assertThat(record.items()).singleElement().satisfies(item -> {
            assertThat(item.id()).isEqualTo("attachment/5550000000003-1");
            assertThat(item.kind()).isEqualTo("fax");
        });
    }

    @Test
    void a_voicemail_and_its_transcription_are_fetched() {
        assertThat(store.record(VOICEMAIL).items())
                .extracting(ListedItem::id, ListedItem::kind)
                .containsExactly(
                        tuple("attachment/5550000000004-5550000000004", "voicemail"),
                        tuple("attachment/5550000000004-8880000000044", "transcription"));
    }

    @Test
    void a_voicemails_subject_is_no_text() {
        assertThat(store.record(VOICEMAIL.replace("AudioTranscription", "Text")).items())
                .hasSize(2);
    }

    @Test
    void what_is_called_by_a_new_word_is_fetched_too() {
        assertThat(store.record(FAX.replace("RenderedDocument", "Hologram")).items())
                .singleElement()
                .extracting(ListedItem::kind)
                .isEqualTo("other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"vmTranscriptionStatus\": \"InProgress\"", "\"messageStatus\": \"Queued\""})
    void what_is_under_way_is_not_settled(String status) {
        assertThat(store.record(SMS.replace("\"messageStatus\": \"Received\"", status)).settled())
                .isFalse();
    }

    @Test
    void parties_may_be_missing() {
        ListedRecord record = store.record(VOICEMAIL.replace("\"from\"", "\"was\"").replace("\"to\"", "\"for\""));

        assertThat(record.from()).isNull();
        assertThat(record.to()).isNull();
        assertThat(record.unreadable()).isNull();
        assertThat(record.items()).hasSize(2);
    }

    @Test
    void a_short_number_serves_where_there_is_no_other() {
        assertThat(store.record(VOICEMAIL.replace("\"phoneNumber\": \"+14155550101\", ", "")).to())
                .isEqualTo("101");
    }

    @Test
    void ids_are_exact() {
        assertThat(store.record(SMS.replace("\"id\": 5550000000001, \"ext", "\"id\": 9223372036854775807, \"ext")).id())
                .isEqualTo("9223372036854775807");
    }

    @Test
    void a_stub_of_a_deleted_message_is_readable() {
        ListedRecord stub = store.record("{\"id\":5550000000001,\"uri\":\"x\",\"availability\":\"Deleted\"}");

        assertThat(stub.unreadable()).isNull();
        assertThat(stub.items()).isEmpty();
        assertThat(stub.startedAt()).isNull();
    }

    @Test
    void what_was_purged_cannot_be_fetched() {
        assertThat(store.record(FAX.replace("Alive", "Purged")).items())
                .containsExactly(new ListedItem(
                        "attachment/5550000000003-1",
                        "fax",
                        null,
                        "application/pdf",
                        55210L,
                        "purged before it was seen"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"row\"",
                "7",
                "{}",
                "{\"id\":1}",
                "{\"id\":1,\"creationTime\":\"yesterday\"}",
                "{\"id\":1,\"availability\":\"Deleted\",\"creationTime\":\"yesterday\"}",
                "{\"id\":1,\"creationTime\":\"2026-03-11T17:10:00Z\",\"attachments\":[{\"type\":\"MmsAttachment\"}]}"
            })
    void what_cannot_be_read_is_kept_and_told(String raw) {
        ListedRecord record = store.record(raw);

        assertThat(record.unreadable()).isNotNull();
        assertThat(record.id()).isNotNull();
        assertThat(record.raw()).isEqualTo(raw);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":1,\"creationTime\":\"2026-03-11T17:10:00Z\",\"attachments\":null,\"to\":null,\"from\":7}",
                "{\"id\":1,\"creationTime\":\"2026-03-11T17:10:00Z\",\"attachments\":\"none\",\"to\":[],\"type\":{}}"
            })
    void odd_members_hurt_nobody(String raw) {
        ListedRecord record = store.record(raw);

        assertThat(record.unreadable()).isNull();
        assertThat(record.items()).isEmpty();
    }

    @Test
    void an_attachment_without_an_address_is_asked_for_where_the_reference_says() {
        assertThat(store.record(FAX.replace("\"uri\"", "\"url\"")).items())
                .singleElement()
                .extracting(ListedItem::uri)
                .isEqualTo("/restapi/v1.0/account/~/extension/700800900/message-store/5550000000003/content/1");
    }

    @Test
    void what_was_deleted_is_lost_earlier() {
        Instant now = Instant.parse("2026-03-12T00:00:00Z");
        Duration kept = Duration.ofDays(30);

        assertThat(MessageStore.lossAt(store.record(FAX), kept, now)).isEqualTo("2026-04-10T16:00:00Z");
        assertThat(MessageStore.lossAt(store.record(FAX.replace("Alive", "Deleted")), kept, now))
                .isEqualTo("2026-03-16T16:03:40Z");
        assertThat(MessageStore.lossAt(store.record(FAX.replace("Alive", "Deleted")), null, now))
                .isEqualTo("2026-03-16T16:03:40Z");
        assertThat(MessageStore.lossAt(store.record(MMS), null, now)).isNull();
    }

    @Test
    void that_a_purge_is_overdue_is_not_believed_to_have_happened() {
        Instant now = Instant.parse("2026-03-20T00:00:00Z");

        assertThat(MessageStore.lossAt(store.record(FAX.replace("Alive", "Deleted")), Duration.ofDays(30), now))
                .isEqualTo("2026-03-21T00:00:00Z");
    }
}
