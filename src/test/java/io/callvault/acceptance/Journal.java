// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * The chain of one customer in one target. Reading it checks it: names, numbers without gaps, each object's hash in the
 * next one, every line a JSON object with its time, event and feed.
 *
 * @param head SHA-256 of the last object, or null if there is none
 */
public record Journal(List<JsonNode> headers, List<JsonNode> events, String head) {

    private static final Set<String> EVENTS = Set.of(
            "record", "stored", "gone", "not-retained", "dead", "excluded", "not-visible", "metadata", "played", "released");

    static Journal read(Path directory) {
        List<Path> objects = new ArrayList<>(Target.files(directory));
        objects.sort(Comparator.comparing(Journal::number));
        List<JsonNode> headers = new ArrayList<>();
        List<JsonNode> events = new ArrayList<>();
        String previous = null;
        for (Path object : objects) {
            String name = directory.relativize(object).toString();
            assertThat(name).matches("[0-9]{4}/[0-9]{2}/[0-9]{2}/[0-9]+\\.jsonl\\.gz");
            String text = new String(unzip(object), StandardCharsets.UTF_8);
            assertThat(text).as(name).endsWith("\n");
            String[] lines = text.split("\n");
            JsonNode header = Json.read(lines[0]);
            assertThat(header.path("journal").asInt()).as(name).isEqualTo(1);
            assertThat(header.path("customer").asText()).as(name).isNotEmpty();
            assertThat(header.path("target").asText()).as(name).isNotEmpty();
            assertThat(header.path("number").asLong()).as(name).isEqualTo(number(object));
            assertThat(header.get("previous")).as(name + " previous").isNotNull();
            assertThat(header.path("previous").asText(null)).as(name).isEqualTo(previous);
            Instant.parse(header.path("at").asText());
            if (!headers.isEmpty()) {
                long before = headers.get(headers.size() - 1).path("number").asLong();
                assertThat(number(object)).as("number after " + before).isEqualTo(before + 1);
            }
            headers.add(header);
            assertThat(lines.length).as("events of " + name).isGreaterThan(1);
            for (int i = 1; i < lines.length; i++) {
                events.add(event(Json.read(lines[i]), name));
            }
            previous = Bytes.sha256(Target.read(object));
        }
        return new Journal(headers, events, previous);
    }

    private static JsonNode event(JsonNode event, String name) {
        assertThat(event.isObject()).as(name).isTrue();
        Instant.parse(event.path("at").asText());
        assertThat(event.path("event").asText()).as(name).isIn(EVENTS);
        assertThat(event.path("feed").asText()).as(name + " feed").isNotEmpty();
        return event;
    }

    /** The events of one kind, in order. */
    public List<JsonNode> events(String kind) {
        return events.stream()
                .filter(event -> event.path("event").asText().equals(kind))
                .toList();
    }

    /** The raw records of one feed as they were journalled, each revision. */
    public List<JsonNode> records(String feed) {
        return events("record").stream()
                .filter(event -> event.path("feed").asText().equals(feed))
                .map(event -> event.path("record"))
                .map(record -> record.isTextual() ? Json.read(record.asText()) : record)
                .toList();
    }

    static byte[] unzip(Path file) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(Target.read(file)))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("not a whole gzip file: " + file, e);
        }
    }

    private static long number(Path object) {
        String name = object.getFileName().toString();
        assertThat(name).matches("[0-9]+\\.jsonl\\.gz");
        return Long.parseLong(name.substring(0, name.indexOf('.')));
    }
}
