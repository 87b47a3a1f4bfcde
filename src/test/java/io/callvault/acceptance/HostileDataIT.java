// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names and numbers are what callers say they are; records are what the provider makes of them. */
class HostileDataIT {

    static final List<String> NAMES = List.of(
            "../../../etc/passwd",
            "..\\..\\windows",
            "/absolute/name",
            "a/b/../c",
            "..",
            ".",
            ".hidden",
            "...",
            "x".repeat(300),
            "\u00e9\u4f60".repeat(150),
            "e\u0301 decomposed",
            "\uD83D\uDE00 \uD83D\uDC69\u200D\uD83D\uDC67 emoji",
            "nul \u0000 byte",
            "line\nbreak\rand\ttab",
            "escape \u001b[31m red",
            "quote \" and ' and `id` and $(id) and ; rm",
            "<script>alert(1)</script>",
            "=HYPERLINK(\"http://example\")",
            "{customer}{id}",
            "${env:ACME_JWT} {{env:ACME_JWT}} ${body}",
            "CON",
            "trailing dot.",
            "trailing space ",
            " ",
            "",
            "\u202Egnp.exe",
            "\u0130I\u0131i",
            "name.json",
            "journal",
            "%2e%2e%2f",
            "*?:|<>");

    @TempDir
    Path temporary;

    private Scene scene;

    @BeforeEach
    void open() {
        scene = new Scene(temporary, "calls");
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void whatever_callers_are_named_their_calls_lie_inside_under_decent_names() {
        scene.settings.set("customer.acme.path", "{customer}/{feed}/{date}/{time}_{direction}_{from}_{to}_{id}.{ext}");
        List<Media> recordings = new ArrayList<>();
        Instant start = scene.ago(Duration.ofHours(40));
        for (String name : NAMES) {
            Media asName = scene.acme.recording();
            scene.acme.call(start).recorded(asName).fromCaller(name, "+16505550142");
            Media asNumber = scene.acme.recording();
            scene.acme.call(start).recorded(asNumber).fromCaller("Robin", name).toCaller(name, name);
            recordings.addAll(List.of(asName, asNumber));
        }
        assertArchived(recordings);
        assertThat(Target.files(temporary.resolve("work"))).allMatch(file -> {
            String top = temporary.resolve("work").relativize(file).getName(0).toString();
            return List.of("nas", "data", "application.properties").contains(top);
        });
        assertThat(scene.nas().objects("acme")).noneMatch(stored -> stored.path().contains(scene.jwt));
        assertThat(Target.files(temporary)).allMatch(file -> file.startsWith(temporary.resolve("work"))
                || file.startsWith(temporary.resolve("logs")));
    }

    @Test
    void ids_that_differ_by_case_alone_get_names_that_differ_by_more() {
        Instant start = scene.ago(Duration.ofHours(40));
        List<Media> recordings = new ArrayList<>();
        for (String id : List.of("REC1a", "rec1A", "Rec1a", "Id", "id")) {
            Media recording = scene.acme.recording(id, Media.Kind.MP3, 9000);
            scene.acme.call(start).recorded(recording);
            recordings.add(recording);
        }
        assertArchived(recordings);
    }

    @Test
    void records_with_parts_missing_and_numbers_too_big_are_kept_exactly() {
        Instant start = scene.ago(Duration.ofHours(40));
        Media one = scene.acme.recording("18014398509481985", Media.Kind.MP3, 9000);
        scene.acme
                .call("9007199254740993", start)
                .recorded(one)
                .without("from", "to")
                .setNumber("aNumberOfTheFuture", 9_007_199_254_740_993L);
        Media other = scene.acme.recording("18014398509481984", Media.Kind.MP3, 9000);
        scene.acme
                .call("9007199254740992", start)
                .recorded(other)
                .without("extension", "direction", "action", "duration", "sessionId", "legs")
                .set("result", "A Result Of The Future");
        assertArchived(List.of(one, other));
        String journal = scene.nas().journal("acme").events("record").toString();
        assertThat(journal).contains("9007199254740993").contains("A Result Of The Future");
    }

    @Test
    void a_call_log_of_text_in_a_machine_without_unicode_is_archived_all_the_same() {
        scene.callvault.environment("LC_ALL", "C");
        Media recording = scene.acme.recording();
        scene.acme
                .call(scene.ago(Duration.ofHours(40)))
                .recorded(recording)
                .fromCaller("\u4f60\u597d J\u00fcrgen", "\u0661\u0662\u0663 J\u00fcrgen");
        Outcome outcome = scene.archive();
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        assertThat(scene.nas().objects("acme"))
                .extracting(Target.Stored::sha256)
                .containsExactly(recording.sha256());
    }

    private void assertArchived(List<Media> recordings) {
        Outcome outcome = scene.archive();
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
        Proof.journalMatchesObjects(scene.nas(), "acme");
        Proof.journalHoldsRecords(scene.nas(), "acme", "calls", scene.acme.calls());
        Proof.goodManners(scene.lookalike);
    }
}
