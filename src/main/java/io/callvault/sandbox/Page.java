// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;

/**
 * One page of a listing, in the provider's envelope.
 *
 * @param totals whether the answer tells how many pages and rows there are; the call log does not
 * @param shift how many rows have come in above since the first page was read; negative if rows have gone
 */
record Page(Addresses addresses, int page, int perPage, boolean totals, int shift) {

    static final int LAST = 1000;

    <T> ObjectNode of(Request request, List<T> rows, Function<T, ObjectNode> written) {
        int start = Math.max(0, (page - 1) * perPage - (page > 1 ? shift : 0));
        int from = Math.min(start, rows.size());
        int to = Math.min(from + perPage, rows.size());
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("uri", address(request, page));
        ArrayNode records = answer.putArray("records");
        rows.subList(from, to).forEach(row -> records.add(written.apply(row)));
        ObjectNode paging = answer.putObject("paging").put("page", page).put("perPage", perPage);
        if (from < to) {
            paging.put("pageStart", from).put("pageEnd", to - 1);
        }
        int pages = (rows.size() + perPage - 1) / perPage;
        if (totals) {
            paging.put("totalPages", pages).put("totalElements", rows.size());
        }
        navigate(request, answer.putObject("navigation"), to < rows.size(), pages);
        return answer;
    }

    private void navigate(Request request, ObjectNode navigation, boolean hasNext, int pages) {
        navigation.putObject("firstPage").put("uri", address(request, 1));
        if (hasNext) {
            navigation.putObject("nextPage").put("uri", address(request, page + 1));
        }
        if (page > 1) {
            navigation.putObject("previousPage").put("uri", address(request, page - 1));
        }
        if (totals && pages > 0) {
            navigation.putObject("lastPage").put("uri", address(request, pages));
        }
    }

    /** The same request for another page: filters repeated as they came. */
    private String address(Request request, int number) {
        StringJoiner query = new StringJoiner("&", "?", "");
        request.query().forEach((name, values) -> {
            if (!name.equals("page") && !name.equals("perPage")) {
                values.forEach(value -> query.add(encoded(name) + "=" + encoded(value)));
            }
        });
        query.add("page=" + number).add("perPage=" + perPage);
        return addresses.page(request.path(), query.toString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
