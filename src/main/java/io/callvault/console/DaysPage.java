// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;

/** The months as calendars that show at a glance what is not there. */
public record DaysPage(List<Month> months, String older, String newer, ZoneId zone) {

    private static final int MONTHS = 6;

    /** A month; {@code skipped} cells stand before its first day, in weeks that begin on Monday. */
    public record Month(String name, int skipped, List<Cell> days) {}

    /**
     * One day.
     *
     * @param state complete, pending, gap, unlisted, or none when nothing was
     * @param sentence all of it in words
     */
    public record Cell(int day, String state, String mark, String sentence) {}

    /** @param until the last month shown, {@code 2026-03}; anything else for this one */
    static DaysPage of(NavigableMap<LocalDate, DayBook.Day> days, LocalDate today, String until, ZoneId zone) {
        YearMonth now = YearMonth.from(today);
        YearMonth last = month(until, now);
        List<Month> months = new ArrayList<>();
        for (YearMonth month = last; month.isAfter(last.minusMonths(MONTHS)); month = month.minusMonths(1)) {
            months.add(month(month, days, today));
        }
        YearMonth first = days.isEmpty() ? now : YearMonth.from(days.firstKey());
        YearMonth before = last.minusMonths(MONTHS);
        YearMonth after = last.plusMonths(MONTHS);
        return new DaysPage(
                months,
                before.isBefore(first) ? null : before.toString(),
                last.isBefore(now) ? (after.isAfter(now) ? now : after).toString() : null,
                zone);
    }

    private static YearMonth month(String text, YearMonth otherwise) {
        try {
            return text.isEmpty() ? otherwise : YearMonth.parse(text);
        } catch (DateTimeParseException e) {
            return otherwise;
        }
    }

    private static Month month(YearMonth month, NavigableMap<LocalDate, DayBook.Day> days, LocalDate today) {
        List<Cell> cells = new ArrayList<>();
        for (int day = 1; day <= month.lengthOfMonth(); day++) {
            LocalDate date = month.atDay(day);
            cells.add(cell(date, days.get(date), date.isAfter(today)));
        }
        return new Month(month.toString(), month.atDay(1).getDayOfWeek().getValue() - 1, cells);
    }

    private static Cell cell(LocalDate date, DayBook.Day day, boolean isFuture) {
        if (isFuture) {
            return new Cell(date.getDayOfMonth(), "future", "", date + ": not yet");
        }
        if (day == null) {
            return new Cell(date.getDayOfMonth(), "none", "", date + ": nothing was listed");
        }
        String counts = date + ": " + Words.count(day.records(), "record") + ", " + Words.count(day.items(), "item") + ", "
                + Words.number(day.stored()) + " stored, " + Words.number(day.pending()) + " pending, "
                + Words.number(day.dead()) + " dead, " + Words.number(day.gone()) + " gone";
        if (day.isUnlisted()) {
            return new Cell(date.getDayOfMonth(), "unlisted", "?", counts + "; its listing has not come to its end");
        }
        if (day.dead() + day.gone() > 0) {
            return new Cell(date.getDayOfMonth(), "gap", "✕", counts);
        }
        return day.pending() > 0
                ? new Cell(date.getDayOfMonth(), "pending", "…", counts)
                : new Cell(date.getDayOfMonth(), "complete", "✓", counts);
    }
}
