// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callvault.acceptance.Json;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What is deleted of an account, and what is answered. DELETE hides a document from everybody at once. PATCH with {@code
 * soft_delete} is known to few servers, which then leave it out of lists; the others refuse it, each line in its own way.
 */
final class Deletions {

    /** A bad answer to one request for deletion. */
    enum Trouble {
        /** 503, and nothing was deleted. */
        BEFORE,
        /** 500 all the same, having deleted. */
        AFTER,
        /** Having deleted, it closes the connection in the middle of its answer. */
        CUT_AFTER,
        /** 429, and nothing was deleted. */
        REFUSED
    }

    private final Deque<Trouble> troubles = new ConcurrentLinkedDeque<>();
    private volatile Consumer<List<Row>> witness = rows -> {};

    /** The next requests for deletion are answered so, one for each. */
    void trouble(Trouble... inThisOrder) {
        troubles.addAll(List.of(inThisOrder));
    }

    /** Told what is about to be deleted or hidden, before it is. */
    void witness(Consumer<List<Row>> who) {
        witness = who;
    }

    Reply delete(Account account, Row row) {
        return answer(List.of(row), () -> {
            row.delete();
            ObjectNode document = (ObjectNode) row.single();
            document.putObject("_read_only").put("deleted", true);
            ObjectNode body = Listing.success(document);
            if (account.switches().isFive()) {
                body.putObject("metadata").put("deleted", true);
            }
            return Reply.json(200, body);
        });
    }

    Reply patch(Asked request, Account account, Row row) {
        JsonNode mark = data(request).path("soft_delete");
        Reply refusal = refusal(account, mark);
        return refusal != null ? refusal : answer(List.of(row), () -> {
            row.hide(mark);
            return Reply.json(200, Listing.success(row.single()));
        });
    }

    /** @param found throws for an id that is not there */
    Reply patchAll(Asked request, Account account, Function<String, Row> found) {
        JsonNode data = data(request);
        Reply refusal = refusal(account, data.path("soft_delete"));
        if (refusal != null) {
            return refusal;
        }
        List<String> ids = new ArrayList<>();
        data.path("recordings").forEach(id -> ids.add(id.asText()));
        if (ids.isEmpty() || new HashSet<>(ids).size() < ids.size()) {
            return Reply.error(400, "validation error", "a list of recordings is needed, each once");
        }
        ObjectNode failure = Json.object();
        List<Row> rows = new ArrayList<>();
        for (String id : ids) {
            try {
                rows.add(found.apply(id));
            } catch (Refusal refused) {
                failure.putObject(id).put("cause", id).put("code", 404).put("message", "bad_identifier");
            }
        }
        return answer(rows, () -> {
            ObjectNode answer = Json.object();
            ObjectNode success = answer.putObject("success");
            rows.forEach(row -> {
                row.hide(data.path("soft_delete"));
                success.set(row.id(), row.single());
            });
            if (!failure.isEmpty()) {
                answer.set("failure", failure);
            }
            return Reply.json(200, Listing.success(answer));
        });
    }

    /** Null where it is known. */
    private static Reply refusal(Account account, JsonNode mark) {
        if (account.switches().isPatched() && mark.isObject()) {
            return null;
        }
        if (!account.switches().isFive()) {
            return Reply.error(405, "invalid_method", "method not allowed");
        }
        ObjectNode data = Json.object();
        data.putObject("soft_delete").putObject("forbidden").put("message", "Read-only property");
        return Reply.error(400, "validation error", data);
    }

    private Reply answer(List<Row> rows, Supplier<Reply> deletion) {
        witness.accept(rows);
        Trouble trouble = troubles.poll();
        if (trouble == Trouble.BEFORE) {
            return Reply.unreachable();
        }
        if (trouble == Trouble.REFUSED) {
            return Reply.error(429, "too_many_requests", "too many requests");
        }
        Reply done = deletion.get();
        return trouble == null
                ? done
                : trouble == Trouble.AFTER ? Reply.datastoreFault("timeout") : done.cut(0.5);
    }

    private static JsonNode data(Asked request) {
        try {
            return Json.read(request.body()).path("data");
        } catch (RuntimeException e) {
            throw new Refusal(Reply.error(400, "parse_error", "failed to parse"));
        }
    }
}
