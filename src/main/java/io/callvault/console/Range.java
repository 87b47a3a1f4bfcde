// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one part of a body that was asked for (RFC 9110, section 14.1.2).
 *
 * @param from first byte, from 0
 * @param to last byte; before {@code from} when the part lies outside
 */
record Range(long from, long to) {

    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** @return null when nothing, several parts or nonsense was asked for: then the whole is given */
    static Range of(String header, long length) {
        Matcher matcher = ONE.matcher(header == null ? "" : header.strip());
        if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
            return null;
        }
        if (matcher.group(1).isEmpty()) {
            long last = Long.parseLong(matcher.group(2));
            return last == 0 ? new Range(length, length - 1) : new Range(Math.max(0, length - last), length - 1);
        }
        long from = Long.parseLong(matcher.group(1));
        long to = matcher.group(2).isEmpty() ? length - 1 : Math.min(length - 1, Long.parseLong(matcher.group(2)));
        if (!matcher.group(2).isEmpty() && Long.parseLong(matcher.group(2)) < from) {
            return null;
        }
        return new Range(from, to);
    }

    boolean isOutside() {
        return to < from;
    }

    Range atMost(long bytes) {
        return to - from < bytes ? this : new Range(from, from + bytes - 1);
    }

    long length() {
        return to - from + 1;
    }
}
