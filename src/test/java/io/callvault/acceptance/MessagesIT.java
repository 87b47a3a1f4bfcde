// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts, faxes and voicemails of every extension, and calls besides. */
class MessagesIT {

    private static final String FORBIDDEN = "700800902";

    @TempDir
    Path temporary;

    private Scene scene;
    private final List<Media> attachments = new ArrayList<>();
    private final List<Media> texts = new ArrayList<>();
    private final List<Media> behindTheDoor = new ArrayList<>();

    @BeforeEach
    void open() {
        scene = new Scene(temporary, "calls, messages");
        scene.lookalike.switches().perPageCap(4);
        scene.acme.extension("700800901", "User").disable("700800901");
        scene.acme.extension(FORBIDDEN, "User").forbid(FORBIDDEN);
        scene.acme.extension("700800903", "Department");
        scene.acme.extension("700800904", "Unassigned");
        scene.acme.extension("700800905", "VirtualUser");
        attachments.addAll(scene.recordedCalls(5));
        for (String extension : List.of("700800900", "700800901", "700800903", "700800905")) {
            fill(extension, attachments);
        }
        fill(FORBIDDEN, behindTheDoor);
    }

    @AfterEach
    void close() {
        Proof.goodManners(scene.lookalike);
        scene.close();
    }

    @Test
    void every_message_of_every_extension_is_archived_and_the_invisible_one_is_named() {
        Outcome outcome = scene.archive();
        assertThat(outcome.exit()).as(outcome.toString()).isEqualTo(3);
        assertThat(outcome.said()).contains(FORBIDDEN);
        assertArchived(attachments);

        JsonNode status = scene.status();
        assertThat(status.path("not-visible").asInt()).isEqualTo(1);
        assertThat(status.path("records").path("messages").asInt())
                .isEqualTo(scene.acme.messages().size());
        assertThat(status.path("items").path("stored").asInt()).isEqualTo(attachments.size());

        Outcome report = scene.run("report", "--json");
        assertThat(report.exit()).as(report.toString()).isEqualTo(3);
        JsonNode acme = report.json().path("customers").path(0);
        assertThat(acme.path("complete").asBoolean()).isFalse();
        assertThat(acme.path("not-visible")).hasSize(1);
        JsonNode hidden = acme.path("not-visible").path(0);
        assertThat(hidden.path("extension").asText()).isEqualTo(FORBIDDEN);
        assertThat(hidden.path("status").asInt()).isEqualTo(403);
        assertThat(hidden.path("code").asText()).isEqualTo("CMN-419");
        assertThat(hidden.path("reason").asText()).isNotBlank();
        assertThat(scene.nas().journal("acme").events("not-visible").toString()).contains(FORBIDDEN);
    }

    @Test
    void when_the_door_is_opened_what_is_behind_it_is_archived_too() {
        assertThat(scene.archive().exit()).isEqualTo(3);
        scene.acme.permit(FORBIDDEN);
        Outcome outcome = scene.archive();
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        attachments.addAll(behindTheDoor);
        assertArchived(attachments);
        assertThat(scene.status().path("not-visible").asInt()).isZero();
    }

    @Test
    void a_voicemails_transcript_that_comes_later_is_archived_later() {
        Message voicemail = scene.acme
                .message("700800900", Message.Type.VoiceMail, scene.ago(Duration.ofHours(3)))
                .attach(77_001, "AudioRecording", remember(Media.Kind.MP3));
        voicemail.edit(message -> message.put("vmTranscriptionStatus", "InProgress"));
        assertThat(scene.archive().exit()).isEqualTo(3);
        voicemail.attach(77_002, "AudioTranscription", remember(Media.Kind.TEXT));
        voicemail.edit(message -> message.put("vmTranscriptionStatus", "Completed"));
        assertThat(scene.archive().exit()).isEqualTo(3);
        assertArchived(attachments);
        assertThat(scene.nas().journal("acme").records("messages"))
                .filteredOn(record -> record.path("id").asLong() == voicemail.id())
                .hasSize(2);
    }

    private void assertArchived(List<Media> expected) {
        Proof.storedExactlyOnce(scene.nas(), "acme", expected);
        Proof.journalMatchesObjects(scene.nas(), "acme");
        Proof.journalHoldsRecords(scene.nas(), "acme", "calls", scene.acme.calls());
        Proof.journalHoldsRecords(scene.nas(), "acme", "messages", scene.acme.messages());
        for (Media media : expected) {
            assertThat(scene.lookalike.contentRequests(media)).as(media.toString()).isEqualTo(1);
        }
        assertThat(texts)
                .as("the record holds these already")
                .allMatch(text -> scene.lookalike.contentRequests(text) == 0);
    }

    private void fill(String extension, List<Media> expected) {
        Company acme = scene.acme;
        Instant start = scene.ago(Duration.ofDays(20)).minusSeconds(Long.parseLong(extension) % 100);
        for (int i = 0; i < 3; i++) {
            texts.addAll(acme.message(extension, Message.Type.SMS, start.plusSeconds(3600L * i))
                    .saying("Can we move it to " + i + "pm?")
                    .texts());
        }
        texts.addAll(acme.message(extension, Message.Type.SMS, start.plusSeconds(20_000))
                .saying("Two photos")
                .outbound()
                .attach(8_880_000_000_011L, "MmsAttachment", keep(expected, Media.Kind.JPEG))
                .attach(8_880_000_000_012L, "MmsAttachment", keep(expected, Media.Kind.JPEG))
                .texts());
        acme.message(extension, Message.Type.Fax, start.plusSeconds(30_000))
                .outbound()
                .attach(1, "RenderedDocument", keep(expected, Media.Kind.PDF));
        acme.message(extension, Message.Type.VoiceMail, start.plusSeconds(40_000))
                .anonymous()
                .attach(9_001, "AudioRecording", keep(expected, Media.Kind.MP3))
                .attach(9_002, "AudioTranscription", keep(expected, Media.Kind.TEXT));
        acme.message(extension, Message.Type.Fax, start.plusSeconds(50_000))
                .deleted()
                .attach(1, "RenderedDocument", keep(expected, Media.Kind.PDF));
        // An id no double can hold, in two mailboxes, shown to those who ask for shared ones.
        Message shared = acme.message(
                        extension,
                        Message.Type.VoiceMail,
                        start.plusSeconds(60_000),
                        9_007_199_254_740_993L + 2 * Long.parseLong(extension))
                .shared()
                .attach(1, "AudioRecording", keep(expected, Media.Kind.MP3));
        if (!extension.equals(acme.firstExtension()) && !extension.equals(FORBIDDEN)) {
            acme.share(shared, acme.firstExtension());
        }
    }

    private Media remember(Media.Kind kind) {
        return keep(attachments, kind);
    }

    private Media keep(List<Media> expected, Media.Kind kind) {
        Media media = scene.acme.attachment(kind, 6_000);
        expected.add(media);
        return media;
    }
}
