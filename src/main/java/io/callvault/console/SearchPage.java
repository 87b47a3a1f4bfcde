// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import io.callvault.ledger.Search;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was looked for and what was found. */
public record SearchPage(
        Map<String, String> asked, List<Row> rows, String more, boolean isCut, boolean hasManyCustomers) {

    private static final int ROWS = 50;

    /** A record, with times in its customer's zone. */
    public record Row(Search.Hit hit, String time, boolean hasSound, boolean hasPicture) {

        public String path() {
            return "/customers/" + hit.customer() + "/records/" + Words.encoded(hit.feed()) + "/" + Words.encoded(hit.id());
        }
    }

    /** A value that was typed. */
    public String asked(String name) {
        return asked.getOrDefault(name, "");
    }

    static SearchPage of(Ask ask, Desk desk, List<String> customers) {
        Map<String, String> asked = new LinkedHashMap<>();
        for (String name : List.of("customer", "q", "extension", "direction", "kind", "from", "to")) {
            if (!ask.parameter(name).isEmpty()) {
                asked.put(name, ask.parameter(name));
            }
        }
        List<String> some = customers.stream()
                .filter(id -> !asked.containsKey("customer") || id.equals(asked.get("customer")))
                .toList();
        long before = before(ask);
        List<Search.Hit> hits = new ArrayList<>();
        long next = 0;
        boolean isCut = false;
        for (String id : some) {
            ZoneId zone = desk.configuration().customers().get(id).timeZone();
            Search.Found found = desk.ledger().search().find(id, query(asked, zone), before, ROWS);
            hits.addAll(found.hits());
            next = Math.max(next, found.next());
            isCut |= found.isCut();
        }
        hits.sort(Comparator.comparingLong(Search.Hit::place).reversed());
        if (some.size() > 1 && hits.size() > ROWS) {
            hits = hits.subList(0, ROWS);
            next = hits.get(ROWS - 1).place();
        }
        RecordItems naming = new RecordItems(desk);
        List<Row> rows = hits.stream().map(hit -> row(hit, desk, naming)).toList();
        return new SearchPage(asked, rows, next == 0 ? null : link(asked, next), isCut, customers.size() > 1);
    }

    private static Row row(Search.Hit hit, Desk desk, RecordItems naming) {
        ZoneId zone = desk.configuration().customers().get(hit.customer()).timeZone();
        List<String> types = naming.storedTypes(hit);
        return new Row(
                hit,
                Words.time(hit.startedAt(), zone),
                types.stream().anyMatch(type -> type.startsWith("audio/")),
                types.stream().anyMatch(type -> !type.startsWith("audio/")));
    }

    private static Search.Query query(Map<String, String> asked, ZoneId zone) {
        LocalDate to = day(asked.get("to"));
        return new Search.Query(
                asked.getOrDefault("q", ""),
                asked.getOrDefault("extension", ""),
                asked.getOrDefault("direction", ""),
                asked.getOrDefault("kind", ""),
                begin(day(asked.get("from")), zone),
                begin(to == null ? null : to.plusDays(1), zone));
    }

    private static LocalDate day(String text) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new Refusal(400, "A date is written like 2026-03-10.");
        }
    }

    private static Instant begin(LocalDate day, ZoneId zone) {
        return day == null ? null : day.atStartOfDay(zone).toInstant();
    }

    private static long before(Ask ask) {
        try {
            return ask.parameter("before").isEmpty() ? Search.NEWEST : Long.parseLong(ask.parameter("before"));
        } catch (NumberFormatException e) {
            return Search.NEWEST;
        }
    }

    private static String link(Map<String, String> asked, long before) {
        StringBuilder link = new StringBuilder("/search?");
        asked.forEach((name, value) ->
                link.append(name).append('=').append(Words.encoded(value)).append('&'));
        return link.append("before=").append(before).toString();
    }
}
