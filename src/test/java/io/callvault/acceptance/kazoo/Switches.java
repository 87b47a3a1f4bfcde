// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** What the server does oddly in one account, besides the faults of single binaries. A test turns them on and off. */
final class Switches {

    /** How the last page of a list ends. */
    enum LastPage {
        /** Without {@code next_start_key}. */
        PLAIN,
        /** Without any of the fields of paging. */
        BARE,
        /** It still names a next page, which is empty. */
        EMPTY_PAGE_BEHIND
    }

    private final Set<Feed> off = EnumSet.noneOf(Feed.class);
    private final AtomicInteger unreachable = new AtomicInteger();
    private final AtomicInteger missingViews = new AtomicInteger();
    private volatile int mostRows = Integer.MAX_VALUE;
    private volatile long maximumRange = Range.DEFAULT_MAXIMUM;
    private volatile boolean five;
    private volatile boolean patched;
    private volatile boolean forbidden;
    private volatile boolean disabled;
    private volatile boolean textNumbers;
    private volatile boolean repeatedRows;
    private volatile boolean failingChunks;
    private volatile LastPage lastPage = LastPage.PLAIN;
    private volatile Duration tokenLife;

    /** Answers as line 5 does, not as 4.3: numbers stay numbers, the other 401, {@code tokens} and {@code metadata}. */
    Switches five() {
        five = true;
        return this;
    }

    boolean isFive() {
        return five;
    }

    /** Knows {@code soft_delete}, which no published line does. */
    Switches patched() {
        patched = true;
        return this;
    }

    boolean isPatched() {
        return patched;
    }

    /** Every request about the account is answered 403, whoever asks. */
    Switches forbid() {
        forbidden = true;
        return this;
    }

    Switches permit() {
        forbidden = false;
        return this;
    }

    boolean isForbidden() {
        return forbidden;
    }

    /** Nobody of the account gets a token: 400. */
    Switches disable() {
        disabled = true;
        return this;
    }

    boolean isDisabled() {
        return disabled;
    }

    /** The module that serves the feed is not started: 404. */
    synchronized Switches stop(Feed feed) {
        off.add(feed);
        return this;
    }

    synchronized Switches start(Feed feed) {
        off.remove(feed);
        return this;
    }

    synchronized boolean isStopped(Feed feed) {
        return off.contains(feed);
    }

    /** The next so many lists of a feed are answered 503: the database does not answer. */
    Switches unreachable(int count) {
        unreachable.set(count);
        return this;
    }

    boolean takesUnreachable() {
        return unreachable.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    /** The next so many lists of a feed are answered 503: the last monthly database has no view yet. */
    Switches missingViews(int count) {
        missingViews.set(count);
        return this;
    }

    boolean takesMissingView() {
        return missingViews.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    /** No page is longer, whatever is asked: something before the server is set so, or filters after the view. */
    Switches mostRows(int rows) {
        mostRows = rows;
        return this;
    }

    int pageSize(int asked) {
        return Math.min(mostRows, asked);
    }

    /** {@code system_config.crossbar.maximum_range}, in seconds. */
    Switches maximumRange(Duration range) {
        maximumRange = range.toSeconds();
        return this;
    }

    long maximumRange() {
        return maximumRange;
    }

    /** Numbers of the envelope are strings in every list, not only where it is sent in chunks. */
    Switches textNumbers() {
        textNumbers = true;
        return this;
    }

    boolean hasTextNumbers() {
        return textNumbers;
    }

    /** Each page after the first begins with the last row of the page before. */
    Switches repeatedRows() {
        repeatedRows = true;
        return this;
    }

    boolean hasRepeatedRows() {
        return repeatedRows;
    }

    /** Lists that are sent in chunks end early, with status success and no next page. */
    Switches failingChunks() {
        failingChunks = true;
        return this;
    }

    boolean hasFailingChunks() {
        return failingChunks;
    }

    Switches lastPage(LastPage form) {
        lastPage = form;
        return this;
    }

    LastPage lastPage() {
        return lastPage;
    }

    /** {@code token_auth_expiry_s} of this account. */
    Switches tokenLife(Duration life) {
        tokenLife = life;
        return this;
    }

    Duration tokenLifeOr(Duration otherwise) {
        return tokenLife == null ? otherwise : tokenLife;
    }
}
