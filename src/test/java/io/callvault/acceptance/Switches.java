// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What the look-alike does wrong, besides the faults of single contents. A test turns them on and off. */
final class Switches {

    private final Set<String> alreadyUnavailable = ConcurrentHashMap.newKeySet();
    private final AtomicInteger busySeconds = new AtomicInteger();
    private final AtomicInteger headerTurns = new AtomicInteger();
    private final AtomicInteger foreignLinks = new AtomicInteger();
    private volatile int automaticDays = 90;
    private volatile int onDemandDays = 90;
    private volatile Integer messageDays;
    private volatile Answer settings;
    private final AtomicInteger sameRequests = new AtomicInteger();
    private volatile int unavailablePercent;
    private volatile int headerEvery = 1;
    private volatile int perPageCap = Integer.MAX_VALUE;

    /** That many of a hundred different requests are answered 503 with a page, the first time they are asked. */
    void unavailable(int percent) {
        unavailablePercent = percent;
    }

    boolean isUnavailable(Seen request) {
        return Math.floorMod(request.line().hashCode(), 100) < unavailablePercent
                && alreadyUnavailable.add(request.line());
    }

    /** The next request is answered 503, and told to come back after that many seconds. */
    void busy(int seconds) {
        busySeconds.set(seconds);
    }

    /** 0 when it is not busy. */
    int takesBusy() {
        return busySeconds.getAndSet(0);
    }

    /** The next so many requests with a token are answered 429 CMN-304, without a word about the budget or the time. */
    void sameRequestRunning(int count) {
        sameRequests.set(count);
    }

    boolean takesSameRequest() {
        return sameRequests.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    /** Only every n-th answer says how much of the budget is left; 0 for none at all. */
    void rateHeadersEvery(int n) {
        headerEvery = n;
    }

    boolean rateHeadersNow() {
        return headerEvery > 0 && headerTurns.getAndIncrement() % headerEvery == 0;
    }

    /** No page of a list is longer, whatever is asked. */
    void perPageCap(int rows) {
        perPageCap = rows;
    }

    int cap(int published) {
        return Math.min(perPageCap, published);
    }

    /** What the account's settings say of how many days recordings are kept; at first 90 and 90. */
    void recordingsKept(int automatic, int onDemand) {
        automaticDays = automatic;
        onDemandDays = onDemand;
    }

    int automaticDays() {
        return automaticDays;
    }

    int onDemandDays() {
        return onDemandDays;
    }

    /** The user may read how many days voicemails and faxes are kept, and it is so many; at first they may not. */
    void messagesKept(int days) {
        messageDays = days;
    }

    /** Null where the user may not read it. */
    Integer messageDays() {
        return messageDays;
    }

    /** The account's settings are answered so, in place of what they say; null for what they say. */
    void settings(Answer answer) {
        settings = answer;
    }

    Answer settings() {
        return settings;
    }

    /** The next so many links to a next page lead to a stranger's host. */
    void foreignNextLinks(int count) {
        foreignLinks.set(count);
    }

    boolean takesForeignLink() {
        return foreignLinks.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }
}
