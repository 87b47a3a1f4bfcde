// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callvault.acceptance.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Pages of a view: from a key on, as many as asked for, and the key of the first that no longer fits. */
final class Listing {

    /**
     * @param key what the view is sorted by; several entries may have the same, and then only the order of ids tells them
     *     apart, which a key to the next page does not
     */
    record Entry(String key, String id, Supplier<JsonNode> row) {}

    private record Page(List<Entry> entries, String next) {}

    /** Behind everything, in either order. */
    private static final String END = "end";

    private final Set<String> given = ConcurrentHashMap.newKeySet();
    private final Consumer<String> violations;

    Listing(Consumer<String> violations) {
        this.violations = violations;
    }

    /** @param chunks whether it is sent in chunks when the asker does not say */
    Reply answer(Asked request, Switches switches, List<Entry> all, boolean chunks) {
        int size = size(request, "page_size", Integer.MAX_VALUE, 50);
        size(request, "chunk_size", 50, 50);
        boolean chunked = request.is("is_chunked", "true") || chunks && !request.is("is_chunked", "false");
        if (request.is("paginate", "false")) {
            return envelope(request, switches, new Page(sorted(request, switches, all), null), chunked, false);
        }
        Page page = page(request, switches, sorted(request, switches, all), switches.pageSize(size));
        if (chunked && switches.hasFailingChunks()) {
            page = new Page(page.entries().subList(0, page.entries().size() / 2), null);
        }
        return envelope(request, switches, page, chunked, true);
    }

    private Page page(Asked request, Switches switches, List<Entry> entries, int size) {
        String key = startKey(request);
        int from = from(entries, key, isAscending(request, switches));
        int end = Math.min(entries.size(), from + size);
        List<Entry> some = new ArrayList<>(entries.subList(from, end));
        if (switches.hasRepeatedRows() && key != null && from > 0) {
            some.add(0, entries.get(from - 1));
        }
        String next = end < entries.size() ? entries.get(end).key() : null;
        if (next == null && !END.equals(key) && switches.lastPage() == Switches.LastPage.EMPTY_PAGE_BEHIND) {
            next = END;
        }
        return new Page(some, next);
    }

    private static int from(List<Entry> entries, String key, boolean ascending) {
        if (key == null) {
            return 0;
        }
        for (int i = 0; i < entries.size() && !key.equals(END); i++) {
            int compared = entries.get(i).key().compareTo(key);
            if (ascending ? compared >= 0 : compared <= 0) {
                return i;
            }
        }
        return entries.size();
    }

    /** Newest first; in 4.3 nothing but {@code ascending=true} changes that. */
    private static List<Entry> sorted(Asked request, Switches switches, List<Entry> all) {
        List<Entry> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparing(Entry::key).thenComparing(Entry::id));
        if (!isAscending(request, switches)) {
            Collections.reverse(sorted);
        }
        return sorted;
    }

    private static boolean isAscending(Asked request, Switches switches) {
        return request.is("ascending", "true") || switches.isFive() && request.is("descending", "false");
    }

    private Reply envelope(Asked request, Switches switches, Page page, boolean chunked, boolean paged) {
        ObjectNode body = Json.object();
        ArrayNode data = body.putArray("data");
        page.entries().forEach(entry -> data.add(entry.row().get()));
        if (paged && (page.next() != null || switches.lastPage() != Switches.LastPage.BARE)) {
            if (!page.entries().isEmpty()) {
                body.put("start_key", encoded(page.entries().get(0).key()));
            }
            if (switches.hasTextNumbers() || chunked && !switches.isFive()) {
                body.put("page_size", Integer.toString(page.entries().size()));
            } else {
                body.put("page_size", page.entries().size());
            }
            if (page.next() != null) {
                body.put("next_start_key", encoded(page.next()));
            }
        }
        if (switches.isFive()) {
            body.putObject("metadata");
            body.putObject("tokens").put("consumed", 1).put("remaining", 99);
        }
        addFacts(body).put("auth_token", request.headers().getOrDefault("x-auth-token", ""));
        Reply reply = Reply.json(200, body);
        return chunked ? reply.chunked() : reply;
    }

    /** The envelope around one thing. */
    static ObjectNode success(JsonNode data) {
        ObjectNode body = Json.object();
        body.set("data", data);
        return addFacts(body).put("revision", "3-5d41402abc4b2a76b9719d911017c592");
    }

    private static ObjectNode addFacts(ObjectNode body) {
        return body.put("status", "success")
                .put("request_id", "r-1")
                .put("node", "n1")
                .put("version", "4.3.142")
                .put("timestamp", "2024-02-03T10:00:00Z");
    }

    private static int size(Asked request, String name, int most, int otherwise) {
        String value = request.parameter(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.matches("[1-9][0-9]{0,8}") || Integer.parseInt(value) > most) {
            throw new Refusal(Reply.error(404, "faulty_request", "faulty request"));
        }
        return Integer.parseInt(value);
    }

    /** Keys are opaque: one that was never given out is somebody's own invention. */
    private String startKey(Asked request) {
        String key = request.parameter("start_key");
        if (key == null) {
            return null;
        }
        if (!given.contains(key)) {
            violations.accept("a start_key that was never given out: " + request);
            return key;
        }
        byte[] bytes = Base64.getUrlDecoder().decode(key);
        return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_8);
    }

    private String encoded(String key) {
        ByteArrayOutputStream term = new ByteArrayOutputStream();
        term.writeBytes(new byte[] {(byte) 131, 'l'});
        term.writeBytes(key.getBytes(StandardCharsets.UTF_8));
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(term.toByteArray());
        given.add(text);
        return text;
    }
}
