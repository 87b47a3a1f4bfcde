// SPDX-License-Identifier: Apache-2.0
package io.callvault.forecast;

import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What becomes of a {@link Load} if everything goes on as it is.
 *
 * @param inflowADay items that come in a day
 * @param budgetADay requests that all lanes may make in a day
 * @param listingADay what listing takes of it: what it takes now, at most a fifth while items are due
 * @param capacityADay items that can be fetched in a day: the rest
 * @param due items due now, without those whose loss has passed
 * @param overdue items due now whose loss has passed; they may be gone already, whatever is done
 * @param daysToDone days until nothing is due any more; null when that never comes
 * @param lostOfDue how many of {@code due} are lost before their turn, when those go first that are lost first
 * @param firstLossDay days from now until the first loss, 0 being today; null when nothing is lost within ten years
 * @param lostADay items lost in a day once everything that was gained by age is used up
 * @param lanesEnough smallest number of lanes with which nothing more is lost; null when a thousand are too few
 * @param lanesPlanned the same with a fifth of the capacity to spare, for catching up after an outage
 */
public record Forecast(
        double inflowADay,
        double budgetADay,
        double listingADay,
        double capacityADay,
        long due,
        long overdue,
        Double daysToDone,
        long lostOfDue,
        Integer firstLossDay,
        double lostADay,
        Integer lanesEnough,
        Integer lanesPlanned) {

    /** Share of the capacity that a plan uses. */
    public static final double PLANNED = 0.8;

    private static final int MOST_LANES = 1000;
    private static final double LISTING_AT_MOST = 0.2;

    /** Calculates it. */
    public static Forecast of(Load load) {
        double inflow = load.inflowADay();
        double capacity = capacity(load, load.lanes());
        Walk walk = new Walk(load, capacity);
        return new Forecast(
                inflow,
                load.lanes() * load.perLaneADay(),
                load.lanes() * load.perLaneADay() - capacity * load.perItem(),
                capacity,
                load.due(),
                load.overdue(),
                walk.daysToDone(),
                walk.lostOfDue(),
                walk.firstLossDay(),
                Math.max(0, load.perishableADay() - capacity),
                lanes(load, 1),
                lanes(load, PLANNED));
    }

    private static double capacity(Load load, int lanes) {
        double budget = lanes * load.perLaneADay();
        return (budget - Math.min(load.listingADay(), budget * LISTING_AT_MOST)) / load.perItem();
    }

    /** Enough lanes fetch all that comes in with this share of what they can, and lose nothing of what is due. */
    private static Integer lanes(Load load, double share) {
        IntPredicate isEnough = lanes -> load.inflowADay() <= capacity(load, lanes) * share
                && new Walk(load, capacity(load, lanes) * share).lostOfDue() == 0;
        if (!isEnough.test(MOST_LANES)) {
            return null;
        }
        int few = Math.max(1, (int) (load.inflowADay() / load.perLaneADay()));
        OptionalInt enough =
                IntStream.rangeClosed(few, MOST_LANES).filter(isEnough).findFirst();
        return enough.isPresent() ? enough.getAsInt() : null;
    }
}
