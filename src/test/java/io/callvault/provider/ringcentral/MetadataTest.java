// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.ringcentral;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.flow.Archive;
import io.callvault.sandbox.Fault;
import io.callvault.sandbox.MediaFaults;
import io.callvault.sandbox.ReceivedRequest;
import io.callvault.sandbox.SandboxOptions;
import io.callvault.sandbox.ServerFaults;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What RingCentral says of recordings beside their calls. */
class MetadataTest {

    private static final Predicate<String> METADATA = path -> path.matches(".*/recording/[0-9]+");

    @TempDir
    Path home;

    private SandboxArchive acme;

    @BeforeEach
    void open() {
        acme = new SandboxArchive(home, SandboxOptions.demo().withVolume(20, 10, 4), "calls, messages");
    }

    @AfterEach
    void close() {
        assertThat(RingcentralFixture.misbehaviour(acme.sandbox)).isEmpty();
        acme.close();
    }

    @Test
    void nothing_is_asked_unless_it_is_wanted() {
        assertComplete(acme.archive());
        assertThat(asked()).isEmpty();
        assertThat(acme.events("metadata")).isEmpty();
    }

    @Test
    void each_recording_is_asked_about_once_and_the_answer_is_in_the_journal() {
        acme.configure("calls, messages", "recording-metadata = true");
        assertComplete(acme.archive());
        acme.clock.advance(Duration.ofHours(1));
        assertComplete(acme.archive());

        List<String> recordings = acme.sandbox.truth().recordings();
        assertThat(asked()).hasSameSizeAs(recordings).extracting(ReceivedRequest::path).doesNotHaveDuplicates();
        assertThat(acme.sandbox.requests().where(one -> one.path().contains("/recording/") && one.isContent()))
                .hasSameSizeAs(recordings);
        List<JsonNode> events = acme.events("metadata").stream().map(Rows::json).toList();
        assertThat(events).hasSameSizeAs(recordings).allSatisfy(event -> {
            String id = event.path("metadata").path("id").asText();
            assertThat(event.path("item").asText()).isEqualTo("recording/" + id);
            assertThat(recordings).contains(id);
            assertThat(event.path("record-id").asText()).isNotEmpty();
            assertThat(event.path("metadata").path("duration").asInt()).isPositive();
            assertThat(event.path("metadata").path("contentType").asText()).startsWith("audio/");
        });
        assertThat(acme.stored("calls")).hasSameSizeAs(recordings);
    }

    static List<Fault> refusals() {
        return List.of(
                ServerFaults.applicationLacks("ReadCallRecording"),
                ServerFaults.scopeTooNarrow("ReadCallRecording"),
                ServerFaults.error(404, "CMN-102", "Resource for parameter [callRecordingId] is not found"),
                MediaFaults.html(),
                MediaFaults.empty());
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void a_recording_of_which_nothing_is_said_is_stored_and_that_is_noted(Fault refusal) {
        acme.configure("calls", "recording-metadata = true");
        String one = acme.sandbox.truth().recordings().get(3);
        acme.sandbox.faults().add(refusal.on(METADATA.and(path -> path.endsWith(one))));
        assertComplete(acme.archive());
        assertComplete(acme.archive());

        assertThat(acme.stored("calls")).hasSameSizeAs(acme.sandbox.truth().recordings());
        assertThat(asked()).hasSameSizeAs(acme.sandbox.truth().recordings());
        List<JsonNode> without = acme.events("metadata").stream()
                .map(Rows::json)
                .filter(event -> !event.has("metadata"))
                .toList();
        assertThat(without).singleElement().satisfies(event -> {
            assertThat(event.path("item").asText()).isEqualTo("recording/" + one);
            assertThat(event.path("code").asText()).isEqualTo("METADATA_MISSING");
            assertThat(event.path("evidence").asText()).isNotEmpty();
        });
    }

    @Test
    void what_passes_is_waited_for() {
        acme.configure("calls", "recording-metadata = true");
        acme.sandbox.faults().add(ServerFaults.unavailable().on(METADATA).times(2));
        acme.sandbox.faults().add(ServerFaults.tokenDies().on(METADATA).after(4).times(1));
        assertComplete(acme.archive());
        assertThat(acme.events("metadata"))
                .hasSameSizeAs(acme.sandbox.truth().recordings())
                .allMatch(line -> Rows.json(line).has("metadata"));
    }

    @Test
    void what_could_not_be_stored_is_not_asked_about_again() {
        acme.configure("calls", "recording-metadata = true");
        acme.breakTarget();
        Archive.Outcome outcome = acme.archive();
        assertThat(outcome.failures()).isNotEmpty();
        int asked = asked().size();
        assertThat(asked).isPositive();
        acme.mendTarget();

        assertComplete(acme.archive());

        assertThat(acme.stored("calls")).hasSameSizeAs(acme.sandbox.truth().recordings());
        assertThat(asked()).hasSameSizeAs(acme.sandbox.truth().recordings()).extracting(ReceivedRequest::path).doesNotHaveDuplicates();
        assertThat(acme.events("metadata")).hasSameSizeAs(acme.sandbox.truth().recordings());
    }

    private List<ReceivedRequest> asked() {
        return acme.sandbox.requests().where(one -> METADATA.test(one.path()));
    }

    private static void assertComplete(Archive.Outcome outcome) {
        assertThat(outcome.failures()).isEmpty();
        assertThat(outcome.stopped()).isNull();
    }
}
