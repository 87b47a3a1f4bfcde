// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.acceptance.Target.Stored;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What an archive must be, whatever happened on the way to it. */
public final class Proof {

    private Proof() {}

    /** All of these lie there once, with the right bytes, and nothing else does; each has its record beside it. */
    static void storedExactlyOnce(Target target, String customer, Collection<Media> expected) {
        storedAtMostOnce(target, customer, expected);
        Set<String> sums =
                target.objects(customer).stream().map(Stored::sha256).collect(Collectors.toSet());
        assertThat(expected.stream().filter(media -> !sums.contains(media.sha256())))
                .as("items that are not stored in " + target.directory())
                .isEmpty();
    }

    /** Nothing lies there but these, none of them twice, each with its record beside it and under a decent name. */
    static void storedAtMostOnce(Target target, String customer, Collection<Media> allowed) {
        Map<String, Media> bySum = allowed.stream().collect(Collectors.toMap(Media::sha256, media -> media));
        Set<String> sums = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (Stored stored : target.objects(customer)) {
            assertThat(bySum).as("a stored item with wrong bytes: " + stored).containsKey(stored.sha256());
            assertThat(sums.add(stored.sha256())).as("stored twice: " + stored).isTrue();
            assertThat(names.add(stored.path().toLowerCase(Locale.ROOT)))
                    .as("a name that differs by case alone: " + stored)
                    .isTrue();
            assertThat(stored.sidecar()).as("the record beside " + stored).isNotNull();
            Media media = bySum.get(stored.sha256());
            JsonNode record = Json.read(Target.read(stored.sidecar()));
            assertThat(record.isObject()).as("the record beside " + stored).isTrue();
            assertThat(record.toString()).contains(media.path().replaceAll(".*/(recording|message-store)/", ""));
            decentName(stored);
        }
    }

    /** The journal says of each stored item where it lies, how long it is, and its hash; and says so once. */
    public static void journalMatchesObjects(Target target, String customer) {
        Map<String, Stored> objects =
                target.objects(customer).stream().collect(Collectors.toMap(Stored::path, stored -> stored));
        Set<String> told = new HashSet<>();
        for (JsonNode event : target.journal(customer).events("stored")) {
            String path = event.path("path").asText();
            assertThat(told.add(path)).as("called stored twice: " + event).isTrue();
            Stored object = objects.get(path);
            assertThat(object).as("called stored, but not there: " + event).isNotNull();
            assertThat(event.path("length").asLong()).as(path).isEqualTo(object.length());
            assertThat(event.path("sha256").asText()).as(path).isEqualTo(object.sha256());
            assertThat(event.path("item").asText()).as(path).isNotEmpty();
            assertThat(event.path("record-id").asText()).as(path).isNotEmpty();
            assertThat(event.path("type").asText()).as(path).contains("/");
        }
        assertThat(told).isEqualTo(objects.keySet());
    }

    /** The journal holds each of these rows, as it is at the provider now. */
    static void journalHoldsRecords(Target target, String customer, String feed, Collection<? extends Row> rows) {
        Set<JsonNode> records = new HashSet<>(target.journal(customer).records(feed));
        List<JsonNode> missing = rows.stream()
                .map(row -> Json.asRead(row.json()))
                .filter(record -> !records.contains(record))
                .toList();
        assertThat(missing).as("records of " + feed + " that are not in the journal").isEmpty();
    }

    /** Only what is published was asked, nobody else was shown who asks, and no penalty was restarted. */
    static void goodManners(Lookalike lookalike) {
        assertThat(lookalike.violations()).as("requests outside the published protocol").isEmpty();
        assertThat(lookalike.foreign().tokens()).as("tokens given to a stranger").isEmpty();
        assertThat(lookalike.groups().intoPenalty()).as("requests into a penalty").isZero();
        assertThat(lookalike.log())
                .as("requests that could change anything")
                .allMatch(seen -> seen.method().equals("GET") || seen.kind() == Seen.Kind.TOKEN);
        assertThat(lookalike.log())
                .filteredOn(seen -> seen.kind() == Seen.Kind.METADATA)
                .as("requests that tell nothing a list has not told")
                .isEmpty();
    }

    /** No file below that is only half of one. */
    public static void noLeftOvers(Path... directories) {
        for (Path directory : directories) {
            assertThat(Target.files(directory))
                    .filteredOn(file -> file.getFileName().toString().contains(".part"))
                    .isEmpty();
        }
    }

    public static void decentName(Stored stored) {
        assertThat(stored.path().getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(1024);
        assertThat(Normalizer.isNormalized(stored.path(), Normalizer.Form.NFC)).isTrue();
        for (String piece : stored.path().split("/", -1)) {
            assertThat(piece).isNotEmpty().doesNotStartWith(".").doesNotContain("\\");
            assertThat(piece.getBytes(StandardCharsets.UTF_8).length).as(piece).isLessThanOrEqualTo(255);
            assertThat(piece.chars().noneMatch(Character::isISOControl))
                    .as("no control characters in " + piece)
                    .isTrue();
        }
    }
}
