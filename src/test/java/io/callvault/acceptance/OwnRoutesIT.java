// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator copies the installation's routes beside the configuration and fills in steps of their own. */
class OwnRoutesIT {

    private static final Pattern ID = Pattern.compile("(?m)^\\s+id:\\s*(\\S+)\\s*$");

    @TempDir
    Path temporary;

    private Scene scene;
    private List<Media> recordings;

    @BeforeEach
    void open() throws IOException {
        scene = new Scene(temporary, "calls");
        recordings = scene.recordedCalls(5);
        copy(scene.callvault.installation().resolve("routes"), scene.callvault.folder().resolve("routes"));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void a_step_after_storing_runs_for_each_item() throws IOException {
        Path notes = temporary.resolve("notes");
        fill("on-stored", """
                        - setBody:
                            constant: stored
                        - to:
                            uri: file:%s
                            parameters:
                              fileName: notes.txt
                              fileExist: Append
                              appendChars: '\\n'
                """.formatted(notes));
        Outcome outcome = scene.archive();
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        assertThat(Files.readAllLines(notes.resolve("notes.txt"))).hasSize(recordings.size());
        Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
    }

    @Test
    void a_step_after_storing_that_fails_unstores_nothing() throws IOException {
        fill("on-stored", """
                        - throwException:
                            message: the operator's own service is down
                            exceptionType: java.lang.IllegalStateException
                """);
        scene.archive();
        Proof.storedExactlyOnce(scene.nas(), "acme", recordings);
        Proof.journalMatchesObjects(scene.nas(), "acme");
        assertThat(scene.status().path("items").path("stored").asInt()).isEqualTo(recordings.size());
    }

    @Test
    void what_a_step_excludes_is_not_fetched_and_is_counted() throws IOException {
        fill("on-record", """
                        - setVariable:
                            name: exclude
                            constant: private line
                """);
        Outcome outcome = scene.archive();
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        assertThat(scene.lookalike.log()).noneMatch(seen -> seen.kind() == Seen.Kind.CONTENT);
        assertThat(scene.nas().objects("acme")).isEmpty();
        JsonNode items = scene.status().path("items");
        assertThat(items.path("excluded").asInt()).isEqualTo(recordings.size());
        assertThat(scene.nas().journal("acme").events("excluded"))
                .hasSameSizeAs(recordings)
                .allMatch(event -> event.toString().contains("private line"));
    }

    /** Writes the route that is entered by that name anew, with these steps and the id it had. */
    private void fill(String name, String steps) throws IOException {
        Path own = scene.callvault.folder().resolve("routes/own");
        Path file = Target.files(own).stream()
                .filter(path -> path.toString().endsWith(".yaml"))
                .filter(path -> new String(Target.read(path), StandardCharsets.UTF_8).contains("direct:" + name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no file in routes/own is entered by direct:" + name));
        Matcher id = ID.matcher(Files.readString(file));
        assertThat(id.find()).as("the route's id in " + file).isTrue();
        Files.writeString(file, """
                - route:
                    id: %s
                    description: Filled in by an operator.
                    from:
                      uri: direct:%s
                      steps:
                %s""".formatted(id.group(1), name, steps));
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : Target.files(from)) {
            Path copied = to.resolve(from.relativize(file).toString());
            Files.createDirectories(copied.getParent());
            Files.copy(file, copied);
        }
    }
}
