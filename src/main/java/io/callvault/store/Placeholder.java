// SPDX-License-Identifier: Apache-2.0
package io.callvault.store;

import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The words that may stand in braces in a path. */
enum Placeholder {
    CUSTOMER(PathFacts::customer),
    PROVIDER(PathFacts::provider),
    FEED(PathFacts::feed),
    /** Day in the customer's time zone. */
    DATE("uuuu-MM-dd", "undated"),
    YEAR("uuuu", "undated"),
    MONTH("MM", "undated"),
    DAY("dd", "undated"),
    /** Local time of day. */
    TIME("HHmmss", "000000"),
    DIRECTION(PathFacts::direction),
    FROM(PathFacts::from),
    TO(PathFacts::to),
    FROM_NAME(PathFacts::fromName),
    TO_NAME(PathFacts::toName),
    EXTENSION(PathFacts::extension),
    KIND(PathFacts::kind),
    ID(PathFacts::id),
    RECORD_ID(PathFacts::recordId),
    EXT(PathFacts::ext);

    /** Longest customer id that is kept whole, in bytes: two customers must never become one. */
    private static final int CUSTOMER_BYTES = 64;

    private final Function<PathFacts, String> fact;
    private final DateTimeFormatter format; // null for what is no time
    private final String undated;

    Placeholder(Function<PathFacts, String> fact) {
        this.fact = fact;
        this.format = null;
        this.undated = null;
    }

    Placeholder(String pattern, String undated) {
        this.fact = null;
        this.format = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
        this.undated = undated;
    }

    /** As it stands in the braces. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @return null when there is none of that name */
    static Placeholder named(String word) {
        return Arrays.stream(values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElse(null);
    }

    static String all() {
        return Arrays.stream(values()).map(one -> "{" + one.word() + "}").collect(Collectors.joining(" "));
    }

    /** Bytes that it takes when all that can be cut is cut. */
    int least() {
        return switch (this) {
            case CUSTOMER -> CUSTOMER_BYTES;
            case DATE -> 16; // +999999999-12-31
            case YEAR -> 10;
            case MONTH, DAY, TIME -> 7;
            case ID -> 9; // ~ and 8 digits
            case EXT -> 10;
            default -> 0;
        };
    }

    /** Cleaned, and with a stand-in when it is not known. */
    PathValue of(PathFacts facts) {
        if (format != null) {
            return PathValue.fixed(time(facts));
        }
        String text = fact.apply(facts);
        return switch (this) {
            case EXT -> PathValue.fixed(CleanName.ext(text));
            case ID -> PathValue.id(text == null ? "" : text);
            case CUSTOMER -> PathValue.fixed(CleanName.cutId(known(text), CUSTOMER_BYTES, text == null ? "" : text));
            default -> PathValue.cuttable(known(text));
        };
    }

    private static String known(String text) {
        String clean = CleanName.value(text == null ? "" : text);
        for (int i = 0; i < clean.length(); i++) {
            if (clean.charAt(i) != '.' && !Character.isSpaceChar(clean.charAt(i))) { // spaces are all in the first plane
                return clean;
            }
        }
        return PathTemplate.UNKNOWN;
    }

    private String time(PathFacts facts) {
        if (facts.startedAt() == null) {
            return undated;
        }
        try {
            return format.format(facts.startedAt().atZone(facts.zone()));
        } catch (DateTimeException beyondTheCalendar) {
            return undated;
        }
    }
}
