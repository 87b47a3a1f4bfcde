// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A running sandbox: a provider on loopback with one company in it.
 *
 * <p>All its time comes from the clock: the company's past lies before the instant of the start, tokens die and budgets
 * fill again when that clock moves. Only the {@code Date} header is the machine's: the JDK's server sets it. May be used
 * by any number of threads.
 */
public final class Sandbox implements AutoCloseable {

    private final SandboxOptions options;
    private final Clock clock;
    private final ExecutorService executor;
    private final Faults faults = new Faults();
    private final RequestLog requests = new RequestLog();
    private final Budgets budgets;
    private final World world;
    private final Truth truth;
    private final Listener api;
    private final Listener media;
    private final Reception reception;
    private Listener stranger;

    private Sandbox(SandboxOptions options, Clock clock) throws IOException {
        AtomicInteger threads = new AtomicInteger();
        this.options = options;
        this.clock = clock;
        this.budgets = new Budgets(options.limits());
        this.world = new World(options, clock.instant());
        this.truth = new Truth(world);
        this.executor = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "sandbox-" + threads.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        this.api = new Listener(Door.API, options.port(), clock, executor, this::receive);
        this.media =
                options.separateMedia() ? new Listener(Door.MEDIA, 0, clock, executor, this::receive) : api;
        Addresses addresses = new Addresses(api.uri(), media.uri(), options.accountId());
        Site site = new Site(options, world, addresses, faults);
        this.reception = new Reception(site, new Tokens(options, world.company()), budgets, requests);
        restart();
    }

    /**
     * Starts listening on 127.0.0.1.
     *
     * @throws UncheckedIOException if the port is taken
     */
    public static Sandbox start(SandboxOptions options, Clock clock) {
        try {
            return new Sandbox(options, clock);
        } catch (IOException e) {
            throw new UncheckedIOException("no sandbox at port " + options.port(), e);
        }
    }

    /** Where the interface is: scheme, host and port, nothing behind. */
    public URI server() {
        return api.uri();
    }

    /** Where recordings and attachments are; the same as {@link #server()} unless they have a port of their own. */
    public URI mediaServer() {
        return media.uri();
    }

    /** A server that is not the provider's, has all the media and asks for no token. Started when first asked for. */
    public synchronized URI stranger() {
        if (stranger == null) {
            try {
                stranger = new Listener(Door.STRANGER, 0, clock, executor, this::receive);
                stranger.open();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return stranger.uri();
    }

    public SandboxOptions options() {
        return options;
    }

    public Faults faults() {
        return faults;
    }

    public RequestLog requests() {
        return requests;
    }

    public Truth truth() {
        return truth;
    }

    /** SHA-256 of a recording, as {@link Truth#sha256}. */
    public String sha256(String recordingId) {
        return truth.sha256(recordingId);
    }

    /** What the n-th user's budget of a group has seen; users are numbered as their jwts, from 0. */
    public BudgetCount count(int user, RateGroup group) {
        return budgets.count(Long.toString(world.company().user(user).id()), group);
    }

    /** What all budgets together have seen. */
    public BudgetCount count() {
        return budgets.count();
    }

    /** Adds a call that was answered, recorded and ended at this moment; its first recording's id is in the truth. */
    public Truth.CallRow ring() {
        return Truth.row(world.ring(clock.instant()));
    }

    /** Adds a voicemail with a transcription, left at this moment for the first user. */
    public Truth.MessageRow leaveVoicemail() {
        return Truth.row(world.leaveVoicemail(clock.instant()));
    }

    /** Takes a recording away, as if somebody had deleted it. False when there was none. */
    public boolean forget(String recordingId) {
        return world.forget(recordingId);
    }

    /** From now on this is told the id of each recording and message at the moment it is deleted or purged. */
    public void onRemoval(Consumer<String> told) {
        world.onRemoval(told);
    }

    /** From now on the account's settings say this; {@link Retention#PUBLISHED} before. */
    public void keep(Retention retention) {
        world.keep(retention);
    }

    /** Closes the ports: connections are refused until {@link #restart()}. */
    public void stop() {
        api.close();
        media.close();
    }

    /** Opens the same ports again; what was known before is still known. */
    public void restart() {
        try {
            api.open();
            media.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        stop();
        if (stranger != null) {
            stranger.close();
        }
        executor.shutdownNow();
    }

    private Answer receive(Request request) {
        return reception.receive(request);
    }
}
