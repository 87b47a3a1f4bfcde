// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.kazoo;

import io.callvault.model.FeedPart;
import io.callvault.model.ListedPage;
import io.callvault.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * Addresses of listings. A document lies in the database of the month in which its call began, by the server's local date,
 * and is listed by the time at which it was saved; only databases of months between the two bounds, UTC, are looked into. A
 * call over a month's end is found by nobody who asks for the new month alone, so what begins near one reaches back over it.
 */
final class Listings {

    /** The longest call that is reckoned with, and the furthest that a server's date lies behind. */
    private static final Duration REACH = Duration.ofHours(24 + 12);

    /** The furthest that a server's date lies ahead. */
    private static final Duration AHEAD = Duration.ofHours(14);

    private Listings() {}

    /** Path and query of a window's first page. Both bounds are always sent: without one a span may be refused. */
    static String first(KazooFeed feed, Place place, String part, Window window) {
        String address = place.path(part) + feed.list();
        address = Address.with(address, "created_from", Gregorian.of(reachBack(window.from())));
        address = Address.with(address, "created_to", Gregorian.of(window.to().plusMillis(999)));
        address = Address.with(address, "page_size", Rows.PER_PAGE);
        address = Address.with(address, "ascending", "true");
        // In pieces, an answer that breaks off is said to be a success.
        return Address.with(address, "is_chunked", "false");
    }

    static ListedPage read(KazooAccount account, KazooFeed feed, FeedPart feedPart, String address, byte[] body) {
        Rows page = Rows.of(account.customer(), body, feedPart.feed());
        Place place = Place.ofPart(account.id(), feedPart.part());
        String next = page.next(address);
        return new ListedPage(
                page.rows().stream().map(raw -> feed.record(place, raw)).toList(),
                next != null ? next : after(account, feed, feedPart, address),
                null);
    }

    /** What is listed when a list is at its end: the feed's other list, or what the server did not take in one span. */
    private static String after(KazooAccount account, KazooFeed feed, FeedPart feedPart, String address) {
        String fresh = Address.without(address, "start_key");
        int query = fresh.indexOf('?');
        String other = feed.listAfter(fresh.substring(0, query));
        if (other != null) {
            return other + fresh.substring(query);
        }
        long from = Address.number(address, "created_from");
        long to = Address.number(address, "created_to");
        long until = until(account, feedPart.feed(), from, to);
        if (until >= to) {
            return null;
        }
        long back = Gregorian.of(reachBack(Gregorian.instant(until)));
        String begin = Place.ofPart(account.id(), feedPart.part()).path(feedPart.part()) + feed.list().split("\\?")[0];
        return Address.with(begin + fresh.substring(query), "created_from", back > from ? back : until);
    }

    /** The address with a span that the server takes: what is left over is listed after it. */
    static String taken(KazooAccount account, String feed, String address) {
        long from = Address.number(address, "created_from");
        long to = Address.number(address, "created_to");
        return from < 0 || to < 0 ? address : Address.with(address, "created_to", until(account, feed, from, to));
    }

    private static long until(KazooAccount account, String feed, long from, long to) {
        Long most = account.longestSpan(feed);
        return most == null ? to : Math.min(to, from + most);
    }

    private static Instant reachBack(Instant from) {
        Instant ahead = from.plus(AHEAD);
        Instant month = ahead.atOffset(ZoneOffset.UTC).withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS).toInstant();
        Instant back = from.minus(REACH);
        return month.isAfter(back) ? back : from;
    }
}
