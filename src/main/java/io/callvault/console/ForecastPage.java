// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import io.callvault.forecast.Forecast;
import io.callvault.forecast.ForecastInput;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** What comes in against what can go out. */
public record ForecastPage(List<Group> groups) {

    /** One API group, in words. */
    public record Group(
            String name, boolean isLosing, String loses, Forecast forecast, String done, String first, String lanes) {}

    static ForecastPage of(List<ForecastInput.Group> groups, Instant now) {
        return new ForecastPage(groups.stream().map(each -> group(each, now)).toList());
    }

    private static Group group(ForecastInput.Group group, Instant now) {
        Forecast forecast = group.forecast();
        boolean isLosing = forecast.lostOfDue() > 0 || forecast.lostADay() > 0;
        String loses = "nothing";
        if (isLosing) {
            loses = Words.count(forecast.lostOfDue(), "item") + " of those due now, and about "
                    + Words.number(forecast.lostADay()) + " a day later on";
        }
        String first = forecast.firstLossDay() == null
                ? null
                : now.atZone(ZoneOffset.UTC).toLocalDate().plusDays(forecast.firstLossDay()).toString();
        return new Group(
                group.group(),
                isLosing,
                loses,
                forecast,
                done(forecast.daysToDone()),
                first,
                lanes(forecast.lanesEnough()) + "; " + lanes(forecast.lanesPlanned()) + " with a fifth to spare");
    }

    private static String done(Double days) {
        if (days == null) {
            return "never";
        }
        if (days == 0) {
            return "already";
        }
        return days < 2
                ? String.format(Locale.ROOT, "in %.1f hours", days * 24)
                : String.format(Locale.ROOT, "in %.1f days", days);
    }

    private static String lanes(Integer lanes) {
        return lanes == null ? "no number of lanes" : Words.count(lanes, "lane");
    }
}
