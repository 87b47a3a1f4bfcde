// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.ringcentral;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callvault.error.ErrorCode;
import io.callvault.flow.Archive;
import io.callvault.ledger.CustomerCounts;
import io.callvault.sandbox.Fault;
import io.callvault.sandbox.ListingFaults;
import io.callvault.sandbox.MediaFaults;
import io.callvault.sandbox.ReceivedRequest;
import io.callvault.sandbox.SandboxOptions;
import io.callvault.sandbox.ServerFaults;
import io.callvault.sandbox.Truth;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The feed messages through the real routes, against a sandbox that knows the truth. */
class MessagesTest {

    private static final long USER = 700800901;
    private static final long QUEUE = 700800950;

    /** All but the menu, which nobody can leave a message at. */
    private static final int MAILBOXES = 11;

    @TempDir
    Path home;

    private SandboxArchive acme;

    @BeforeEach
    void open() {
        SandboxOptions options = SandboxOptions.demo().withVolume(new SandboxOptions.Volume(30, 12, 4, 80, 6));
        acme = new SandboxArchive(home, options, "messages");
    }

    @AfterEach
    void close() {
        assertThat(acme.sandbox.requests().unknownParameters()).isEmpty();
        assertThat(acme.sandbox.requests().writes()).isEmpty();
        acme.close();
    }

    @Test
    void every_attachment_of_every_mailbox_is_stored_once_and_texts_are_not_fetched() {
        assertThat(acme.sandbox.truth().messages()).anyMatch(Truth.MessageRow::isShared);
        assertThat(acme.sandbox.truth().messages()).anyMatch(each -> each.availability().equals("Deleted"));

        assertComplete(acme.archive());

        assertThat(acme.stored("messages")).isEqualTo(attachments(any -> true));
        for (Truth.AttachmentRow each : acme.sandbox.truth().attachments()) {
            assertThat(acme.sandbox.requests().contentRequests(each.message(), each.id()))
                    .as(each.key())
                    .isEqualTo(each.isHeldByRecord() ? 0 : 1);
        }
        CustomerCounts counts = acme.counts();
        assertThat(counts.records())
                .containsEntry("messages", (long) acme.sandbox.truth().messages().size());
        assertThat(counts.notVisible()).isZero();
    }

    @Test
    void a_run_with_nothing_new_asks_each_mailbox_once_and_nothing_else() {
        acme.archive();
        acme.sandbox.requests().clear();
        acme.clock.advance(Duration.ofMinutes(15));

        assertComplete(acme.archive());

        List<String> asked = acme.sandbox.requests().all().stream()
                .map(ReceivedRequest::path)
                .filter(path -> !path.endsWith("/oauth/token"))
                .toList();
        assertThat(asked).hasSize(1 + MAILBOXES).doesNotHaveDuplicates();
        assertThat(asked.get(0)).endsWith("/extension");
        assertThat(asked.subList(1, asked.size())).allMatch(path -> path.endsWith("/message-store"));
    }

    @Test
    void a_mailbox_of_many_pages_is_walked_to_its_end() {
        acme.close();
        acme = new SandboxArchive(
                home, SandboxOptions.demo().withVolume(0, 0, 80).withPerPageCap(3), "messages");

        assertComplete(acme.archive());

        assertThat(acme.stored("messages")).isEqualTo(attachments(any -> true));
    }

    @Test
    void an_extension_that_is_forbidden_is_named_and_its_past_comes_when_it_is_permitted() {
        Fault.Armed forbidden = acme.sandbox
                .faults()
                .add(ServerFaults.scopeTooNarrow("ReadMessages").onExtension(USER));

        Archive.Outcome outcome = acme.archive();

        assertThat(outcome.stopped()).isNull();
        assertThat(outcome.codes()).containsExactly(ErrorCode.PART_NOT_VISIBLE);
        assertThat(outcome.failures()).singleElement().asString().contains("" + USER, "CMN-419");
        assertThat(acme.counts().notVisible()).isEqualTo(1);
        assertThat(acme.counts().incomplete()).isEmpty();
        assertThat(acme.events("not-visible"))
                .singleElement()
                .asString()
                .contains("\"extension\":\"" + USER + "\"", "\"code\":\"CMN-419\"", "needs the extended ReadMessages scope");
        assertThat(acme.stored("messages")).isEqualTo(attachments(each -> each.extension() != USER));

        acme.clock.advance(Duration.ofDays(1));
        assertThat(acme.archive().codes()).containsExactly(ErrorCode.PART_NOT_VISIBLE);
        assertThat(acme.events("not-visible")).hasSize(1);

        forbidden.off();
        acme.clock.advance(Duration.ofDays(1));
        assertComplete(acme.archive());
        assertThat(acme.counts().notVisible()).isZero();
        assertThat(acme.stored("messages")).isEqualTo(attachments(any -> true));
    }

    @Test
    void what_one_user_may_not_see_another_may() {
        acme.close();
        SandboxOptions options = SandboxOptions.demo().withVolume(0, 0, 40).withJwts("jwt-1", "jwt-2");
        acme = new SandboxArchive(home, options, "messages");
        acme.sandbox.faults().add(ServerFaults.scopeTooNarrow("ReadMessages").onPath("/message-store").times(1));

        assertComplete(acme.archive());

        assertThat(acme.stored("messages")).isEqualTo(attachments(any -> true));
    }

    @Test
    void a_mailbox_that_must_be_there_and_is_not_found_is_named() {
        acme.sandbox.faults().add(ServerFaults.error(404, "CMN-102", "Resource for parameter [extensionId] is not found")
                .onExtension(QUEUE));

        assertThat(acme.archive().codes()).containsExactly(ErrorCode.PART_NOT_VISIBLE);

        assertThat(acme.events("not-visible")).singleElement().asString().contains("" + QUEUE, "CMN-102");
    }

    @Test
    void an_extension_of_a_type_without_mailbox_may_refuse() {
        acme.sandbox.faults().add(ListingFaults.rows(
                "room", row -> row.path("id").asLong() == USER && row.has("status"), put("type", "Room")));
        acme.sandbox.faults().add(ServerFaults.scopeTooNarrow("ReadMessages").onPath("/extension/" + USER + "/message"));

        assertComplete(acme.archive());

        assertThat(acme.counts().notVisible()).isZero();
        int left = acme.with(
                engine -> engine.ledger().reports().openWindows("acme").size());
        assertThat(left).as("windows not ended, though it is known that nothing is there").isZero();
    }

    @Test
    void an_extension_that_disappears_keeps_what_was_archived_of_it() {
        assertComplete(acme.archive());
        Map<String, Long> before = acme.counts().records();
        acme.sandbox.faults().add(ListingFaults.extensionGone(USER));
        acme.clock.advance(Duration.ofDays(1));

        assertComplete(acme.archive());

        assertThat(acme.counts().records()).isEqualTo(before);
        assertThat(acme.stored("messages")).isEqualTo(attachments(any -> true));
    }

    @Test
    void a_transcription_that_comes_later_is_a_new_revision_and_an_item_of_its_own() {
        long voicemail = acme.sandbox.leaveVoicemail().id();
        Fault.Armed running = acme.sandbox.faults().add(ListingFaults.transcriptionInProgress(voicemail));
        assertComplete(acme.archive());
        assertThat(acme.stored("messages").keySet().stream().filter(id -> id.startsWith(voicemail + "-")))
                .hasSize(1);

        running.off();
        acme.clock.advance(Duration.ofMinutes(15));
        assertComplete(acme.archive());

        assertThat(acme.stored("messages")).isEqualTo(attachments(any -> true));
        assertThat(acme.events("record").stream().filter(line -> line.contains("\"id\":\"" + voicemail + "\"")))
                .hasSize(2);
    }

    @Test
    void a_fax_that_is_still_being_rendered_waits() {
        Fault.Armed rendering = acme.sandbox
                .faults()
                .add(MediaFaults.faxNotRendered().on(path -> path.endsWith("/content/1")));
        acme.archive();
        long faxes = acme.sandbox.truth().attachments().stream()
                .filter(each -> each.type().equals("RenderedDocument"))
                .count();
        assertThat(acme.counts().items()).containsEntry("waiting", faxes);

        rendering.off();
        acme.clock.advance(Duration.ofMinutes(15));
        assertComplete(acme.archive());

        assertThat(acme.stored("messages")).isEqualTo(attachments(any -> true));
    }

    @Test
    void a_message_that_was_purged_unseen_is_accounted_for_and_not_asked_for() {
        Truth.MessageRow purged = messageWithItems();
        acme.sandbox.faults().add(ListingFaults.rows(
                "purged", row -> row.path("id").asLong() == purged.id(), put("availability", "Purged")));

        assertComplete(acme.archive());

        assertThat(acme.counts().items()).containsEntry("not-retained", (long)
                attachments(each -> each.id() == purged.id()).size());
        assertThat(acme.stored("messages")).isEqualTo(attachments(each -> each.id() != purged.id()));
        assertThat(acme.events("not-retained").toString()).contains("purged before it was seen");
    }

    @Test
    void what_is_left_of_a_deleted_message_erases_nothing() {
        acme.clock.advance(Duration.ofMinutes(1));
        long id = acme.sandbox.leaveVoicemail().id();
        assertComplete(acme.archive());
        acme.sandbox.faults().add(ListingFaults.rows("stub", row -> row.path("id").asLong() == id, row -> {
            ((ObjectNode) row).retain("id", "uri");
            return ((ObjectNode) row).put("availability", "Deleted");
        }));
        acme.clock.advance(Duration.ofHours(1));

        assertComplete(acme.archive());

        assertThat(acme.stored("messages")).isEqualTo(attachments(any -> true));
        assertThat(acme.events("record").stream().filter(line -> line.contains("\"id\":\"" + id + "\"")))
                .hasSize(2);
        assertThat(acme.counts().records())
                .containsEntry("messages", (long) acme.sandbox.truth().messages().size());
    }

    @Test
    void a_permission_that_messages_lack_leaves_calls_alone() {
        acme.configure("calls, messages");
        Fault.Armed lacking = acme.sandbox
                .faults()
                .add(ServerFaults.applicationLacks("ReadMessages").onPath("/message-store"));

        Archive.Outcome outcome = acme.archive();

        assertThat(outcome.stopped()).isNull();
        assertThat(outcome.codes()).containsExactly(ErrorCode.PERMISSION_MISSING);
        assertThat(outcome.failures()).anyMatch(failure -> failure.contains("ReadMessages"));
        assertThat(acme.stored("calls").keySet())
                .containsExactlyInAnyOrderElementsOf(acme.sandbox.truth().recordings());
        assertThat(acme.counts().notVisible()).isZero();
        assertThat(acme.counts().incomplete()).isNotEmpty();
        assertThat(acme.sandbox.requests().where(each -> each.path().endsWith("/message-store")))
                .as("no more than were begun at once")
                .hasSizeLessThanOrEqualTo(4);

        lacking.off();
        assertComplete(acme.archive());
        assertThat(acme.stored("messages")).isEqualTo(attachments(any -> true));
        assertThat(acme.counts().incomplete()).isEmpty();
    }

    @Test
    void a_permission_that_the_only_feed_lacks_stops_the_customer() {
        acme.sandbox.faults().add(ServerFaults.applicationLacks("ReadMessages").onPath("/message-store"));

        Archive.Outcome outcome = acme.archive();

        assertThat(outcome.stopped()).isNotNull();
        assertThat(outcome.stopped().code()).isEqualTo(ErrorCode.PERMISSION_MISSING);
    }

    @Test
    void who_may_not_list_extensions_is_told_and_keeps_the_calls() {
        acme.configure("calls, messages");
        Fault.Armed lacking = acme.sandbox
                .faults()
                .add(ServerFaults.applicationLacks("ReadAccounts").on(path -> path.endsWith("/extension")));

        Archive.Outcome outcome = acme.archive();

        assertThat(outcome.stopped()).isNull();
        assertThat(outcome.failures()).singleElement().asString().contains("ReadAccounts");
        assertThat(acme.stored("calls")).isNotEmpty();
        assertThat(acme.counts().notVisible()).isEqualTo(1);

        lacking.off();
        assertComplete(acme.archive());
        assertThat(acme.counts().notVisible()).isZero();
    }

    @Test
    void a_permission_that_recordings_lack_leaves_messages_alone() {
        acme.configure("calls, messages");
        acme.sandbox.faults().add(ServerFaults.applicationLacks("ReadCallRecording").onPath("/recording/"));

        Archive.Outcome outcome = acme.archive();

        assertThat(outcome.stopped()).isNull();
        assertThat(outcome.codes()).containsExactly(ErrorCode.PERMISSION_MISSING);
        assertThat(acme.stored("messages")).isEqualTo(attachments(any -> true));
    }

    @Test
    void a_list_of_extensions_that_leads_to_a_stranger_is_read_no_further() {
        acme.close();
        acme = new SandboxArchive(
                home, SandboxOptions.demo().withVolume(0, 0, 40).withPerPageCap(5), "messages");
        URI stranger = acme.sandbox.stranger();
        acme.sandbox.faults().add(ListingFaults.foreignNextLink(stranger).on(path -> path.endsWith("/extension")));

        Archive.Outcome outcome = acme.archive();

        assertThat(outcome.codes()).containsExactly(ErrorCode.LISTING_FOREIGN_LINK);
        assertThat(acme.counts().notVisible()).isEqualTo(1);
        assertThat(acme.sandbox.requests().where(each -> each.path().endsWith("/message-store")))
                .as("those that were named are listed")
                .isNotEmpty();
    }

    @Test
    void a_list_of_extensions_in_a_circle_ends() {
        acme.close();
        acme = new SandboxArchive(
                home, SandboxOptions.demo().withVolume(0, 0, 0).withPerPageCap(5), "messages");
        acme.sandbox.faults().add(ListingFaults.nextLinkToItself().on(path -> path.endsWith("/extension")));

        assertThat(acme.archive().codes()).containsExactly(ErrorCode.LISTING_FOREIGN_LINK);
    }

    @Test
    void a_mailbox_in_a_circle_ends_and_is_told() {
        acme.close();
        acme = new SandboxArchive(
                home, SandboxOptions.demo().withVolume(0, 0, 40).withPerPageCap(2), "messages");
        Fault.Armed circle = acme.sandbox
                .faults()
                .add(ListingFaults.nextLinkToItself().onPath("/extension/" + USER + "/message-store"));

        assertThat(acme.archive().codes()).containsExactly(ErrorCode.LISTING_FOREIGN_LINK);

        circle.off();
        acme.clock.advance(Duration.ofDays(1));
        assertComplete(acme.archive());
        assertThat(acme.stored("messages")).isEqualTo(attachments(any -> true));
    }

    @Test
    void ids_beyond_what_a_double_holds_are_in_the_journal_digit_by_digit() {
        acme.archive();

        List<String> conversations = acme.events("record").stream()
                .filter(line -> line.contains("\"conversationId\":"))
                .map(line -> Rows.json(line).path("record"))
                .map(record -> record.path("conversationId").bigIntegerValue() + " "
                        + record.path("conversation").path("id").asText())
                .toList();

        assertThat(conversations).isNotEmpty().allSatisfy(both -> {
            String[] ids = both.split(" ");
            assertThat(ids[0]).isEqualTo(ids[1]);
            assertThat(Long.parseLong(ids[0])).isGreaterThan(1L << 53);
        });
    }

    private static UnaryOperator<JsonNode> put(String name, String value) {
        return row -> ((ObjectNode) row).put(name, value);
    }

    private static void assertComplete(Archive.Outcome outcome) {
        assertThat(outcome.failures()).isEmpty();
        assertThat(outcome.stopped()).isNull();
    }

    /** SHA-256 by item id, of what is worth fetching in messages that pass. */
    private Map<String, String> attachments(Predicate<Truth.MessageRow> wanted) {
        Truth truth = acme.sandbox.truth();
        Map<String, String> sums = new TreeMap<>();
        List<Long> messages =
                truth.messages().stream().filter(wanted).map(Truth.MessageRow::id).toList();
        truth.attachments().stream()
                .filter(each -> messages.contains(each.message()) && !each.isHeldByRecord())
                .forEach(each -> sums.put(each.key(), each.sha256()));
        return sums;
    }

    private Truth.MessageRow messageWithItems() {
        return acme.sandbox.truth().messages().stream()
                .filter(each -> each.type().equals("VoiceMail"))
                .findFirst()
                .orElseThrow();
    }
}
