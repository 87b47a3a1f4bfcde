// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.kazoo;

import io.callvault.json.RawStrings;
import io.callvault.json.RawStrings.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses without what lets one in. A recording's {@code url} is where Kazoo pushed it, a call's {@code recording_url} where it
 * can be heard; both are written by whoever set up the storage, with a user and password or a signed query if that storage
 * wants them (schemas call_recordings and cdrs of 4.3 and 5, read 2026-11). Scheme, host and path stay, and so do the names of
 * parameters; user and password go, and the value of every parameter becomes a fixed word: which of them are secrets is known
 * to each storage alone ({@code X-Amz-Signature}, {@code sig}, {@code token}, …).
 */
final class Redaction {

    /** In place of what is not kept. */
    static final String WORD = "redacted";

    private static final Pattern WHOLE = Pattern.compile("\\s*[A-Za-z][A-Za-z0-9+.-]*+://");
    private static final Pattern AMID_TEXT = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{0,31}://[^\\s\"<>]++");

    /** Its name, which stays if a value follows, and what is replaced: one without a value may itself be a token. */
    private static final Pattern PARAMETER = Pattern.compile("([^=&#]*+=(?!=*+(?:[&#]|$)))?+([^&#]++)");

    /** What follows the colon is no port, so what looks like a host may be a user, with a password that goes on behind it. */
    private static final Pattern NO_HOST = Pattern.compile("(?:\\[.*\\]|[^\\[]*):.*[^0-9].*");

    private Redaction() {}

    /** A row with every value that is an address redacted. All else stays byte for byte; done twice it is the same. */
    static String row(String raw) {
        return mayHold(raw)
                ? RawStrings.edit(raw, value -> WHOLE.matcher(value).lookingAt() ? changes(value, 0) : List.of())
                : raw;
    }

    /** The body of a refusal with every address redacted, also where it stands amid a text: what failed is told in prose. */
    static String refusal(String body) {
        return mayHold(body) ? RawStrings.edit(body, Redaction::amidText) : body;
    }

    /** Nearly no row does. */
    private static boolean mayHold(String json) {
        return json.contains("://") || json.indexOf('\\') >= 0;
    }

    private static List<Change> amidText(String text) {
        List<Change> changes = new ArrayList<>();
        Matcher address = AMID_TEXT.matcher(text);
        while (address.find()) {
            changes.addAll(changes(address.group(), address.start()));
        }
        return changes;
    }

    /** @param at where the address begins in the value */
    private static List<Change> changes(String address, int at) {
        List<Change> changes = new ArrayList<>();
        int query = address.length();
        // In a path may stand another address; in a query all is replaced.
        for (int host = host(address, 0); host > 0 && host < query; host = host(address, host)) {
            int end = first(address, host, "/?#");
            query = first(address, host, "?#");
            int user = address.substring(host, end).lastIndexOf('@') + 1;
            if (user > 0) {
                changes.add(new Change(at + host, at + host + user, ""));
            } else if (address.indexOf('@', end) > 0
                    && NO_HOST.matcher(address.substring(host, end)).matches()) {
                changes.add(new Change(at + host, at + address.length(), WORD));
                return changes;
            }
        }
        Matcher parameter = PARAMETER.matcher(address).region(Math.min(query + 1, address.length()), address.length());
        while (parameter.find()) {
            if (!parameter.group(2).equals(WORD)) {
                changes.add(new Change(at + parameter.start(2), at + parameter.end(2), WORD));
            }
        }
        return changes;
    }

    /** Where the next one begins; 0 when none does. */
    private static int host(String address, int from) {
        int scheme = address.indexOf("://", from);
        return scheme < 0 ? 0 : scheme + 3;
    }

    /** Where the first of these characters stands; the length when none does. */
    private static int first(String text, int from, String characters) {
        int first = from;
        while (first < text.length() && characters.indexOf(text.charAt(first)) < 0) {
            first++;
        }
        return first;
    }
}
