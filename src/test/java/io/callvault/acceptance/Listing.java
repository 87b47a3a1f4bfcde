// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/** One page of a list, in the provider's envelope. */
final class Listing {

    private Listing() {}

    /** The window a list asks for: a day back from its end when it does not say, both ends inclusive. */
    record Window(Instant from, Instant to) {

        static Window of(Seen request, Instant now) {
            Instant to = request.parameter("dateTo") == null ? now : time(request.parameter("dateTo"));
            Instant from = request.parameter("dateFrom") == null
                    ? to.minus(Duration.ofHours(24))
                    : time(request.parameter("dateFrom"));
            return new Window(from, to);
        }

        boolean holds(Instant instant) {
            return !instant.isBefore(from) && !instant.isAfter(to);
        }

        private static Instant time(String value) {
            return OffsetDateTime.parse(value).toInstant();
        }
    }

    /**
     * Cuts a page out.
     *
     * @param cap no page is longer, whatever was asked; the answer says what it is
     * @param totals call logs say neither how many pages nor how many elements there are
     * @param nextBase where the next page is said to be; the provider's own address, or a stranger's
     */
    static ObjectNode page(
            List<JsonNode> rows, Seen request, String base, String nextBase, String path, int cap, boolean totals) {
        int page = request.parameter("page") == null ? 1 : Integer.parseInt(request.parameter("page"));
        String asked = request.parameter("perPage");
        int perPage = asked == null ? Math.min(100, cap) : asked.equals("max") ? cap : cap(Long.parseLong(asked), cap);
        int start = (int) Math.min(rows.size(), (page - 1L) * perPage);
        int end = Math.min(rows.size(), start + perPage);
        int pages = Math.max(1, (rows.size() + perPage - 1) / perPage);

        ObjectNode body = Json.object();
        body.put("uri", uri(base, path, request, page, perPage));
        ArrayNode records = body.putArray("records");
        rows.subList(start, end).forEach(records::add);
        ObjectNode paging = body.putObject("paging").put("page", page).put("perPage", perPage);
        if (end > start) {
            paging.put("pageStart", start).put("pageEnd", end - 1);
        }
        ObjectNode navigation = body.putObject("navigation");
        navigation.putObject("firstPage").put("uri", uri(base, path, request, 1, perPage));
        if (end < rows.size()) {
            navigation.putObject("nextPage").put("uri", uri(nextBase, path, request, page + 1, perPage));
        }
        if (page > 1) {
            navigation.putObject("previousPage").put("uri", uri(base, path, request, page - 1, perPage));
        }
        if (totals) {
            paging.put("totalPages", pages).put("totalElements", rows.size());
            navigation.putObject("lastPage").put("uri", uri(base, path, request, pages, perPage));
        }
        return body;
    }

    private static int cap(long asked, int cap) {
        return (int) Math.min(asked, cap);
    }

    private static String uri(String base, String path, Seen request, int page, int perPage) {
        StringBuilder uri = new StringBuilder(base).append(path).append('?');
        for (Map.Entry<String, List<String>> parameter : request.parameters().entrySet()) {
            if (!parameter.getKey().equals("page") && !parameter.getKey().equals("perPage")) {
                for (String value : parameter.getValue()) {
                    uri.append(parameter.getKey()).append('=');
                    uri.append(URLEncoder.encode(value, StandardCharsets.UTF_8)).append('&');
                }
            }
        }
        return uri.append("page=").append(page).append("&perPage=").append(perPage).toString();
    }
}
