// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;
import java.util.function.Predicate;

/**
 * One way of going wrong, and when. Immutable: each method that narrows it answers a new one. Where to get one:
 * {@link ServerFaults}, {@link MediaFaults}, {@link ListingFaults}.
 *
 * <p>Unless narrowed, a fault strikes every time it can. It counts the requests (or rows of listings) that it concerns:
 * {@link #after} lets the first of them pass, {@link #times} ends it, {@link #withProbability} leaves it to chance.
 */
public final class Fault {

    /** Answers in place of the endpoint, or null to let the endpoint answer. */
    interface Before {
        Answer answer(Request request);
    }

    /** Changes what the endpoint answered. */
    interface After {
        Answer changed(Request request, Answer answer);
    }

    /** Changes a row of a listing; null removes the row. */
    interface Change {
        JsonNode changed(ObjectNode row);
    }

    /**
     * What it does when it strikes; any of the parts may be null.
     *
     * @param answers those that {@code after} concerns
     * @param rows those that {@code change} concerns
     * @param shift rows by which later pages of a listing are moved
     */
    record Effect(
            Before before, Predicate<Answer> answers, After after, Predicate<ObjectNode> rows, Change change, int shift) {}

    private final String name;
    private final Predicate<String> path;
    private final Predicate<Request> requests;
    private final Effect effect;
    private final int first;
    private final int times;
    private final double probability;
    private final long seed;

    private Fault(
            String name,
            Predicate<String> path,
            Predicate<Request> requests,
            Effect effect,
            int first,
            int times,
            double probability,
            long seed) {
        this.name = name;
        this.path = path;
        this.requests = requests;
        this.effect = effect;
        this.first = first;
        this.times = times;
        this.probability = probability;
        this.seed = seed;
    }

    private static Fault of(String name, Predicate<String> path, Effect effect) {
        return new Fault(name, path, any -> true, effect, 0, Integer.MAX_VALUE, 1, 0);
    }

    static Fault before(String name, Predicate<String> path, Before before) {
        return of(name, path, new Effect(before, null, null, null, null, 0));
    }

    static Fault after(String name, Predicate<String> path, Predicate<Answer> answers, After after) {
        return of(name, path, new Effect(null, answers, after, null, null, 0));
    }

    static Fault change(String name, Predicate<ObjectNode> rows, Change change) {
        return of(name, any -> true, new Effect(null, null, null, rows, change, 0));
    }

    /** Both with one count; {@code requests} are those that are answered, {@code rows} those that are changed. */
    static Fault beforeAndChange(
            String name, Predicate<Request> requests, Before before, Predicate<ObjectNode> rows, Change change) {
        return of(name, any -> true, new Effect(before, null, null, rows, change, 0)).where(requests);
    }

    static Fault shift(String name, Predicate<String> path, int shift) {
        return of(name, path, new Effect(null, null, null, null, null, shift));
    }

    /** Answers only requests of which this holds too, besides what their path must be. */
    Fault where(Predicate<Request> wanted) {
        return new Fault(name, path, wanted, effect, first, times, probability, seed);
    }

    /** Only requests whose path passes; takes the place of the paths the fault would otherwise have. */
    public Fault on(Predicate<String> wanted) {
        return new Fault(name, wanted, requests, effect, first, times, probability, seed);
    }

    /** Only requests whose path contains this. */
    public Fault onPath(String part) {
        return on(one -> one.contains(part));
    }

    /** Only the content of this recording. */
    public Fault onRecording(String recordingId) {
        return on(one -> one.endsWith("/recording/" + recordingId + "/content"));
    }

    /** Only requests below this extension. */
    public Fault onExtension(long extensionId) {
        return on(one -> one.contains("/extension/" + extensionId + "/") || one.endsWith("/extension/" + extensionId));
    }

    /** Ends after so many strikes. */
    public Fault times(int count) {
        return new Fault(name, path, requests, effect, first, count, probability, seed);
    }

    /** Lets the first so many pass. */
    public Fault after(int count) {
        return new Fault(name, path, requests, effect, count, times, probability, seed);
    }

    /** Strikes by chance; the same seed gives the same sequence. {@code value} is from 0 to 1. */
    public Fault withProbability(double value, long chanceSeed) {
        return new Fault(name, path, requests, effect, first, times, value, chanceSeed);
    }

    public String name() {
        return name;
    }

    /** A fault that was switched on. */
    public static final class Armed {
        private final Fault fault;
        private final Random random;
        private int seen;
        private int struck;
        private boolean isOff;

        Armed(Fault fault) {
            this.fault = fault;
            this.random = new Random(fault.seed);
        }

        /** How often it has struck. */
        public synchronized int struck() {
            return struck;
        }

        /** Switches it off for good. */
        public synchronized void off() {
            isOff = true;
        }

        Answer before(Request request) {
            Before before = fault.effect.before();
            boolean isStruck =
                    before != null && concerns(request) && fault.requests.test(request) && strikes();
            return isStruck ? before.answer(request) : null;
        }

        Answer after(Request request, Answer answer) {
            After after = fault.effect.after();
            boolean isStruck = after != null
                    && fault.effect.answers().test(answer)
                    && concerns(request)
                    && strikes();
            return isStruck ? after.changed(request, answer) : answer;
        }

        int shift(Request request) {
            return fault.effect.shift() != 0 && concerns(request) && strikes() ? fault.effect.shift() : 0;
        }

        JsonNode changed(Request request, JsonNode row) {
            Change change = fault.effect.change();
            boolean isStruck = change != null
                    && row instanceof ObjectNode node
                    && fault.effect.rows().test(node)
                    && concerns(request)
                    && strikes();
            return isStruck ? change.changed((ObjectNode) row) : row;
        }

        private boolean concerns(Request request) {
            return fault.path.test(request.path());
        }

        private synchronized boolean strikes() {
            if (isOff || seen++ < fault.first || struck >= fault.times) {
                return false;
            }
            if (fault.probability < 1 && random.nextDouble() >= fault.probability) {
                return false;
            }
            struck++;
            return true;
        }
    }
}
