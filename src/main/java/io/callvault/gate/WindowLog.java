// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.LongConsumer;

/**
 * Which of our requests may still count in the provider's window. A place in it is free again one window after the request
 * was counted. All times are in nanoseconds of the gate. Not safe for use by many threads.
 */
final class WindowLog {

    /** Requests without an answer: number of the entry, and when it was sent. In order of admission. */
    private final Map<Long, Long> onTheWay = new LinkedHashMap<>();

    /** When each answered request of the window was counted, at the latest. */
    private final PriorityQueue<Long> counted = new PriorityQueue<>();

    /** The same of requests whose window is over, as long as an answer may come that knows of them. */
    private final Deque<Long> over = new ArrayDeque<>();

    void sent(long number, long at) {
        onTheWay.put(number, at);
    }

    /** It was sent now, later than was thought. */
    void departed(long number, long at) {
        onTheWay.replace(number, at);
    }

    /** It was not sent. */
    void withdraw(long number) {
        onTheWay.remove(number);
    }

    boolean isOnTheWay(long number) {
        return onTheWay.containsKey(number);
    }

    /** Null when it is not on the way. */
    Long sentAt(long number) {
        return onTheWay.get(number);
    }

    /** Its answer is here, or will not come. */
    void counted(long number, long latest) {
        onTheWay.remove(number);
        counted.add(latest);
    }

    /** An earlier process sent it. */
    void earlier(long latest) {
        counted.add(latest);
    }

    void expire(long now, long window) {
        while (!counted.isEmpty() && counted.peek() + window <= now) {
            over.addLast(counted.remove());
        }
        long needed = onTheWay.isEmpty() ? Long.MAX_VALUE : onTheWay.values().iterator().next() - 2 * window;
        while (!over.isEmpty() && over.peekFirst() <= needed) {
            over.removeFirst();
        }
    }

    /** Requests that may count now. */
    int size() {
        return onTheWay.size() + counted.size();
    }

    /** When the next place is free; far off when an answer must come first. */
    long freeAt(long window) {
        return counted.isEmpty() ? Long.MAX_VALUE : counted.peek() + window;
    }

    /** How many of ours the provider can have counted when it answered a request that was sent then. */
    int atMost(long sentAt, long window) {
        int known = size();
        Iterator<Long> each = over.descendingIterator();
        while (each.hasNext() && each.next() > sentAt - window) {
            known++;
        }
        return known;
    }

    /** Requests without an answer. */
    int unanswered() {
        return onTheWay.size();
    }

    /** Tells when each answered request that may count now was counted at the latest, oldest first. */
    void forEachAnswered(LongConsumer told) {
        counted.stream().sorted().forEach(told::accept);
    }
}
