// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox.kazoo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** How Crossbar answers a GET that may be made. */
final class KazooCrossbar {

    /** {@code maximum_range}: 31 days and an hour. */
    static final long MAXIMUM_RANGE = 2_682_000;

    private static final int PAGE = 50;

    private final KazooAccounts accounts;
    private volatile long maximumRange = MAXIMUM_RANGE;
    private volatile boolean isPatched;

    KazooCrossbar(KazooAccounts accounts) {
        this.accounts = accounts;
    }

    void maximumRange(long seconds) {
        maximumRange = seconds;
    }

    /** From now on documents with {@code soft_delete} are shown to those only who ask for them. */
    void patched() {
        isPatched = true;
    }

    KazooReply answer(KazooRequest request, Instant now) {
        String rest = request.rest();
        String account = request.account();
        if (rest.isEmpty()) {
            return KazooReply.json(200, "{\"data\":{\"id\":\"" + account + "\"},\"status\":\"success\"}");
        }
        if (rest.equals("children") || rest.equals("descendants")) {
            List<KazooAccounts.Account> below = accounts.below(account, rest.equals("descendants"));
            return page(request, below.stream(), each -> each.name(), each -> KazooAccounts.MAPPER
                    .createObjectNode()
                    .put("id", each.id())
                    .put("name", each.name()));
        }
        if (request.isPage()) {
            return documents(request, now);
        }
        return request.isMedia() ? media(request) : KazooReply.badIdentifier();
    }

    private KazooReply documents(KazooRequest request, Instant now) {
        long to = number(request, "created_to", KazooAccounts.greg(now));
        long from = number(request, "created_from", to - maximumRange);
        if (to - from > maximumRange || to < from) {
            String message = to < from
                    ? "created_to %d is prior to created_from %d".formatted(to, from)
                    : "created_to %d is more than %d seconds from created_from %d".formatted(to, maximumRange, from);
            return KazooReply.error(
                    400,
                    "validation error",
                    "{\"created_from\":{\"date_range\":{\"message\":\"%s\",\"cause\":%d}}}".formatted(message, to));
        }
        Instant first = Instant.ofEpochSecond(from - KazooAccounts.EPOCH);
        Instant last = Instant.ofEpochSecond(to - KazooAccounts.EPOCH);
        YearMonth begin = KazooAccounts.month(first);
        YearMonth end = KazooAccounts.month(last);
        String list = request.rest().startsWith("users/") ? "recordings" : request.rest();
        String user = request.rest().startsWith("users/") ? request.rest().split("/")[1] : null;
        boolean isHiding = isPatched && !"soft_delete".equals(request.query().get("include"));
        Stream<KazooDocument> found = accounts.documents(request.account()).stream()
                .filter(each -> each.list().equals(list))
                .filter(each -> user == null || user.equals(each.owner()))
                .filter(each -> !isHiding || !each.row().has("soft_delete"))
                .filter(each -> !each.createdAt().isBefore(first) && !each.createdAt().isAfter(last))
                .filter(each -> !each.database().isBefore(begin) && !each.database().isAfter(end));
        return page(request, found, KazooDocument::key, KazooDocument::row);
    }

    /** A key need not be unique; then a page may begin with rows that the one before it ended with. */
    private static <T> KazooReply page(
            KazooRequest request, Stream<T> rows, Function<T, String> key, Function<T, ObjectNode> row) {
        Comparator<T> order = Comparator.comparing(key);
        List<T> sorted = rows.sorted("true".equals(request.query().get("ascending")) ? order : order.reversed())
                .toList();
        String start = request.query().get("start_key");
        int begin = 0;
        if (start != null) {
            String decoded = new String(Base64.getUrlDecoder().decode(start), StandardCharsets.UTF_8);
            while (begin < sorted.size() && !key.apply(sorted.get(begin)).equals(decoded)) {
                begin++;
            }
        }
        int size = (int) number(request, "page_size", PAGE);
        int end = Math.min(sorted.size(), begin + size);
        boolean isChunked =
                request.rest().equals("cdrs") && !"false".equals(request.query().get("is_chunked"));
        ObjectNode envelope = KazooAccounts.MAPPER.createObjectNode();
        ArrayNode data = envelope.putArray("data");
        sorted.subList(begin, end).forEach(each -> data.add(row.apply(each)));
        envelope.put("status", "success").put("auth_token", request.token());
        if (isChunked) {
            // A chunk after the first failed: numbers are texts, there is no next key, and all is said to be well.
            envelope.put("page_size", Integer.toString(end - begin));
        } else {
            envelope.put("page_size", end - begin);
            if (end < sorted.size()) {
                envelope.put(
                        "next_start_key",
                        Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(key.apply(sorted.get(end)).getBytes(StandardCharsets.UTF_8)));
            }
        }
        return KazooReply.json(200, envelope.toString());
    }

    private KazooReply media(KazooRequest request) {
        String[] pieces = request.rest().split("/");
        boolean isRecording = pieces[0].equals("recordings");
        String id = isRecording ? pieces[1] : pieces[pieces.length - 2];
        KazooDocument document = accounts.documents(request.account()).stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElse(null);
        if (document == null) {
            return KazooReply.badIdentifier();
        }
        if (pieces[0].equals("faxes") && !document.list().equals("faxes/" + pieces[1])) {
            return KazooReply.error(500, "document is not in folder " + pieces[1], "{}");
        }
        if (isRecording) {
            switch (String.valueOf(request.accept())) {
                case "audio/mpeg", "audio/mp3" -> {
                    // The binary.
                }
                case "null", "*/*", "application/json" -> {
                    return KazooReply.json(200, "{\"data\":" + document.row() + ",\"status\":\"success\"}");
                }
                case "audio/*" -> {
                    return KazooReply.nothing();
                }
                default -> {
                    return new KazooReply(406, Map.of(), new byte[0], -1);
                }
            }
        } else if (!List.of("*/*", document.type()).contains(String.valueOf(request.accept()))) {
            return new KazooReply(406, Map.of(), new byte[0], -1);
        }
        return document.media() == null ? KazooReply.badIdentifier() : bytes(request, document);
    }

    private static KazooReply bytes(KazooRequest request, KazooDocument document) {
        byte[] all = document.media();
        boolean isPdf = document.list().startsWith("faxes");
        KazooReply whole = new KazooReply(
                200, Map.of("Content-Type", isPdf ? "application/pdf" : document.type()), all, -1);
        if (request.range() == null || !request.range().matches("bytes=\\d+-")) {
            return whole;
        }
        int from = Integer.parseInt(request.range().substring(6, request.range().length() - 1));
        return new KazooReply(206, whole.headers(), Arrays.copyOfRange(all, from, all.length), -1)
                .with("Content-Range", "bytes %d-%d/%d".formatted(from, all.length - 1, all.length));
    }

    /** Anything that is no positive number is as if it were not there. */
    private static long number(KazooRequest request, String name, long otherwise) {
        String value = request.query().getOrDefault(name, "");
        return value.matches("[0-9]{1,12}") && Long.parseLong(value) > 0 ? Long.parseLong(value) : otherwise;
    }
}
