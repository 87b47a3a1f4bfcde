// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What is deleted of a company, and what is answered. Recordings go by a list of at most a hundred ids, and their calls
 * stay; a message goes to the deleted ones first, and the second time, or with {@code purge}, its attachments are gone.
 */
final class Deletions {

    /** A bad answer to one request for deletion. */
    enum Trouble {
        /** 503, and nothing was deleted. */
        BEFORE,
        /** 503 all the same, having deleted. */
        AFTER,
        /** Having deleted, it closes the connection in the middle of its answer. */
        CUT_AFTER
    }

    private final Company company;
    private final Deque<Trouble> troubles = new ConcurrentLinkedDeque<>();
    private final List<Media> gone = new CopyOnWriteArrayList<>();
    private volatile Consumer<List<Media>> witness = media -> {};

    Deletions(Company company) {
        this.company = company;
    }

    /** The next requests for deletion are answered so, one for each. */
    void trouble(Trouble... inThisOrder) {
        troubles.addAll(List.of(inThisOrder));
    }

    /** Told what is about to be deleted, before it is. */
    void witness(Consumer<List<Media>> who) {
        witness = who;
    }

    /** What was deleted, once for each time; messages' attachments when the message left its mailbox. */
    List<Media> gone() {
        return List.copyOf(gone);
    }

    Answer recordings(Seen request, Consumer<String> violations) {
        if (!company.mayDelete()) {
            return forbidden("EditCallLog");
        }
        List<Media> asked = new ArrayList<>();
        JsonNode ids = Json.read(request.body()).path("records");
        if (!ids.isArray() || ids.isEmpty() || ids.size() > 100) {
            violations.accept("not a list of 1 to 100 ids: " + request + " " + request.body());
            return Answer.error(400, "CMN-101", "Parameter [records] value is invalid");
        }
        for (JsonNode id : ids) {
            if (!id.isTextual()) {
                violations.accept("an id that is no string: " + request + " " + request.body());
                return Answer.error(400, "CMN-101", "Parameter [records] value is invalid");
            }
            Media recording = company.recording(id.asText());
            if (recording == null || recording.isGone()) {
                // What is said when only some of them are gone is not published; this is the less convenient way.
                return Contents.notFound("records");
            }
            asked.add(recording);
        }
        return answer(asked, () -> asked.forEach(Media::vanishes));
    }

    Answer message(String extension, String id, Seen request) {
        if (!company.mayDelete()) {
            return forbidden("EditMessages");
        }
        Message message = company.mailbox(extension).stream()
                .filter(each -> Long.toString(each.id()).equals(id))
                .filter(each -> !availability(each).equals("Purged"))
                .findFirst()
                .orElse(null);
        if (message == null) {
            return Contents.notFound("messageId");
        }
        boolean isPurge = "true".equals(request.parameter("purge")) || availability(message).equals("Deleted");
        List<Media> attachments = company.attachments(message);
        return answer(attachments, () -> {
            message.edit(json -> json.put("availability", isPurge ? "Purged" : "Deleted"));
            if (isPurge) {
                attachments.forEach(Media::vanishes);
            }
        });
    }

    private Answer answer(List<Media> asked, Runnable deletion) {
        witness.accept(asked);
        Trouble trouble = troubles.poll();
        if (trouble == Trouble.BEFORE) {
            return Answer.html(503, "text/html");
        }
        deletion.run();
        gone.addAll(asked);
        Answer done = new Answer(204, Map.of(), new byte[0], 0);
        return trouble == null
                ? done
                : trouble == Trouble.AFTER
                        ? Answer.html(503, "text/html")
                        : Answer.json(200, Json.object()).announcing(1_000);
    }

    private static String availability(Message message) {
        return message.json().path("availability").asText();
    }

    private static Answer forbidden(String permission) {
        return Answer.error(
                403,
                "CMN-401",
                "In order to call this API endpoint, application needs to have [" + permission + "] permission");
    }
}
