// SPDX-License-Identifier: Apache-2.0
package io.callvault.forecast;

import java.util.List;
import java.util.Map;

/**
 * What is to be fetched from one API group of one customer, and with what budget.
 *
 * @param lanes credentials, each with a budget of its own; at least 1
 * @param perLaneADay requests that one lane may make in a day, more than 0
 * @param perItem requests that each item takes; at least 1
 * @param listingADay requests that listing makes in the same group in a day
 * @param inflow what comes in
 * @param backlog number of items due now by the day on which they are lost, 0 being today; negative for those whose day has
 *     passed
 * @param neverLost number of items due now that are never lost
 */
public record Load(
        int lanes,
        double perLaneADay,
        int perItem,
        double listingADay,
        List<Inflow> inflow,
        Map<Integer, Long> backlog,
        long neverLost) {

    /**
     * Items of one kind.
     *
     * @param aDay how many come in a day
     * @param keptDays how long the provider keeps one; null for ever
     */
    public record Inflow(double aDay, Integer keptDays) {}

    /** Items that take one request each. */
    public Load(
            int lanes,
            double perLaneADay,
            double listingADay,
            List<Inflow> inflow,
            Map<Integer, Long> backlog,
            long neverLost) {
        this(lanes, perLaneADay, 1, listingADay, inflow, backlog, neverLost);
    }

    public Load {
        if (perItem < 1) {
            throw new IllegalArgumentException(perItem + " requests for each item");
        }
        if (lanes < 1 || !(perLaneADay > 0) || listingADay < 0) {
            throw new IllegalArgumentException(lanes + " lanes of " + perLaneADay + " a day, " + listingADay + " for listing");
        }
        inflow = List.copyOf(inflow);
        backlog = Map.copyOf(backlog);
    }

    double inflowADay() {
        return inflow.stream().mapToDouble(Inflow::aDay).sum();
    }

    /** Of these only can any be lost. */
    double perishableADay() {
        return inflow.stream()
                .filter(each -> each.keptDays() != null)
                .mapToDouble(Inflow::aDay)
                .sum();
    }

    /** Due now and not lost yet. */
    long due() {
        return neverLost
                + backlog.entrySet().stream()
                        .filter(day -> day.getKey() >= 0)
                        .mapToLong(Map.Entry::getValue)
                        .sum();
    }

    long overdue() {
        return backlog.entrySet().stream()
                .filter(day -> day.getKey() < 0)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
