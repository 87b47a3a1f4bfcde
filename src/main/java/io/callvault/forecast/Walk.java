// SPDX-License-Identifier: Apache-2.0
package io.callvault.forecast;

import java.util.Map;
import java.util.TreeMap;

/**
 * Goes through the days one by one: what came in is added, as many as can be fetched go out, first to be lost first, and
 * what is left at the end of its day is lost.
 */
final class Walk {

    private static final int HORIZON = 3650; // days
    private static final double NOTHING = 1e-6; // of an item: what rounding leaves
    private static final int NEVER = Integer.MAX_VALUE;

    /** Items that are lost on one day: those due now, and those that came in later. */
    private static final class Bucket {
        private double due;
        private double later;
    }

    private final TreeMap<Integer, Bucket> queue = new TreeMap<>();
    private double lostOfDue;
    private Integer firstLossDay;
    private Double daysToDone;

    Walk(Load load, double capacity) {
        for (Map.Entry<Integer, Long> day : load.backlog().entrySet()) {
            if (day.getKey() >= 0) {
                bucket(day.getKey()).due += day.getValue();
            }
        }
        if (load.neverLost() > 0) {
            bucket(NEVER).due += load.neverLost();
        }
        boolean isGrowing = load.inflowADay() > capacity + NOTHING;
        if (load.due() == 0 && !isGrowing) {
            daysToDone = 0.0;
            return;
        }
        for (int day = 0; day < HORIZON && daysToDone == null; day++) {
            for (Load.Inflow inflow : load.inflow()) {
                bucket(inflow.keptDays() == null ? NEVER : day + inflow.keptDays()).later += inflow.aDay();
            }
            double left = serve(capacity);
            if (queue.isEmpty()) {
                daysToDone = isGrowing ? null : day + done(capacity, left);
                return;
            }
            lose(day);
            if (isGrowing && firstLossDay != null && queue.values().stream().allMatch(bucket -> bucket.due < NOTHING)) {
                return; // everything due now had its turn, and from here on every day is like the last
            }
        }
    }

    private static double done(double capacity, double left) {
        return 1 - left / capacity;
    }

    private Bucket bucket(int day) {
        return queue.computeIfAbsent(day, key -> new Bucket());
    }

    /** @return what is left of the capacity */
    private double serve(double capacity) {
        double left = capacity;
        while (left > NOTHING && !queue.isEmpty()) {
            Bucket first = queue.firstEntry().getValue();
            double due = Math.min(left, first.due);
            first.due -= due;
            left -= due;
            double later = Math.min(left, first.later);
            first.later -= later;
            left -= later;
            if (first.due + first.later > NOTHING) {
                break;
            }
            queue.pollFirstEntry();
        }
        return left;
    }

    private void lose(int day) {
        while (!queue.isEmpty() && queue.firstKey() <= day) {
            Bucket lost = queue.pollFirstEntry().getValue();
            lostOfDue += lost.due;
            firstLossDay = firstLossDay == null ? day : firstLossDay;
        }
    }

    /** Null when it never comes. */
    Double daysToDone() {
        return daysToDone;
    }

    long lostOfDue() {
        return Math.round(lostOfDue);
    }

    /** Null when nothing is lost within the horizon. */
    Integer firstLossDay() {
        return firstLossDay;
    }
}
