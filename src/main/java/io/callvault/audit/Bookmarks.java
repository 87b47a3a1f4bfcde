// SPDX-License-Identifier: Apache-2.0
package io.callvault.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.json.ExactJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a verification has come, in a file of the home, so that one that was interrupted goes on. At most two seconds of
 * it are read again. It is of one question: another selection of items begins anew.
 */
public final class Bookmarks {

    private static final Duration EVERY = Duration.ofSeconds(2);

    /**
     * Where it was in one target.
     *
     * @param after the last item that was read back, with all before it; null before the first
     * @param isDone true when the target was verified to its end
     * @param findings what was wrong until there
     */
    record Mark(String after, boolean isDone, long stored, long read, long bytes, long journalObjects, boolean isListed,
            List<Finding> findings) {}

    private final Path file;
    private final Clock clock;
    private final ObjectNode state;
    private final boolean isResumed;
    private Instant savedAt = Instant.EPOCH;

    /**
     * Opens the file, or begins anew when it is of another question or cannot be understood.
     *
     * @param question what is verified: two runs of the same question may go on in one another's place
     * @param restart begin anew in any case
     */
    public Bookmarks(Path file, String question, boolean restart, Clock clock) {
        this.file = file;
        this.clock = clock;
        ObjectNode earlier = restart ? null : read(file);
        isResumed = earlier != null && earlier.path("question").asText().equals(question);
        if (isResumed) {
            state = earlier;
        } else {
            state = ExactJson.MAPPER.createObjectNode();
            state.put("question", question);
            state.put("began", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
            state.putObject("targets");
        }
    }

    /** When the interrupted verification began; null when this one begins anew. */
    public String resumedFrom() {
        return isResumed ? state.path("began").asText() : null;
    }

    private static ObjectNode read(Path file) {
        try {
            return Files.exists(file) && ExactJson.MAPPER.readTree(Files.readAllBytes(file)) instanceof ObjectNode object
                    ? object
                    : null;
        } catch (IOException e) {
            return null; // half a file, or somebody else's: it is begun anew
        }
    }

    /** Null when nothing was verified there yet. */
    synchronized Mark of(String customer, String target) {
        JsonNode mark = state.path("targets").path(customer + "/" + target);
        if (mark.isMissingNode()) {
            return null;
        }
        List<Finding> findings = new ArrayList<>();
        mark.path("findings")
                .forEach(each -> findings.add(new Finding(
                        customer,
                        target,
                        Finding.Kind.valueOf(each.path("kind").asText()),
                        each.path("path").asText(null),
                        each.path("detail").asText())));
        return new Mark(
                mark.path("after").asText(null),
                mark.path("done").asBoolean(),
                mark.path("stored").asLong(),
                mark.path("read").asLong(),
                mark.path("bytes").asLong(),
                mark.path("journal-objects").asLong(),
                mark.path("listed").asBoolean(),
                findings);
    }

    /** Keeps where it is; on the disk at once when a target is done, else now and then. */
    synchronized void keep(String customer, String target, Mark mark) {
        Instant now = clock.instant();
        if (!mark.isDone() && savedAt.plus(EVERY).isAfter(now)) {
            return;
        }
        ObjectNode kept = ((ObjectNode) state.path("targets")).putObject(customer + "/" + target);
        kept.put("after", mark.after());
        kept.put("done", mark.isDone());
        kept.put("stored", mark.stored());
        kept.put("read", mark.read());
        kept.put("bytes", mark.bytes());
        kept.put("journal-objects", mark.journalObjects());
        kept.put("listed", mark.isListed());
        for (Finding finding : mark.findings()) {
            kept.withArray("findings")
                    .addObject()
                    .put("kind", finding.kind().name())
                    .put("path", finding.path())
                    .put("detail", finding.detail());
        }
        savedAt = now;
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(fresh, ExactJson.MAPPER.writeValueAsBytes(state));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** It came to its end: the next begins anew. */
    public void end() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private StopAllException unusable(IOException cause) {
        return new StopAllException(
                ErrorCode.HOME_UNUSABLE,
                "Tried to keep in " + file + " how far the verification has come but it failed: " + cause
                        + ". Make room and run again",
                cause);
    }
}
