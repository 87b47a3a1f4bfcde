// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** All gates, made when first asked for. */
public final class Gates implements AutoCloseable {

    private final Map<GateKey, SlidingGate> gates = new ConcurrentHashMap<>();
    private final Map<String, Instant> shutLanes = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Alarm alarm;
    private final Executor executor;
    private final GateWatch watch;

    /**
     * @param executor where who was let in goes on
     * @param watch keeps what gates know, and is told what becomes of them
     */
    public Gates(Clock clock, Alarm alarm, Executor executor, GateWatch watch) {
        this.clock = clock;
        this.alarm = alarm;
        this.executor = executor;
        this.watch = watch;
    }

    /** The gate of this key; the limits are what a new one starts with. */
    public Gate open(GateKey key, GateLimits limits) {
        SlidingGate known = gates.get(key);
        return known != null ? known : gates.computeIfAbsent(key, missing -> make(missing, limits));
    }

    /**
     * Goes on where an earlier process stopped, before anybody is let in.
     *
     * @param limits as configured
     * @param memory what the earlier process kept last
     * @param wasClean false when it may have sent more than it kept
     */
    public void resume(GateKey key, GateLimits limits, GateMemory memory, boolean wasClean) {
        ((SlidingGate) open(key, limits)).resume(memory, wasClean);
    }

    /** Shuts every gate of the lane, those too that are opened later; it is kept when this returns. */
    public void shut(String lane, Instant until) {
        shutLanes.merge(lane, until, (one, other) -> one.isAfter(other) ? one : other);
        List<Gate> shut = ofLane(lane);
        shut.forEach(gate -> gate.shut(until));
        CompletableFuture.allOf(shut.stream()
                        .map(gate -> watch.keep(gate).toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    /** Every gate that was opened for this lane. */
    public List<Gate> ofLane(String lane) {
        return gates.values().stream()
                .filter(gate -> gate.key().lane().equals(lane))
                .map(Gate.class::cast)
                .toList();
    }

    public Collection<Gate> all() {
        return List.copyOf(gates.values());
    }

    /** Cancels whoever waits; nobody is let in any more. */
    @Override
    public void close() {
        gates.values().forEach(SlidingGate::stop);
    }

    private SlidingGate make(GateKey key, GateLimits limits) {
        SlidingGate gate = new SlidingGate(key, limits, clock, alarm, executor, watch);
        Instant shutUntil = shutLanes.get(key.lane());
        if (shutUntil != null && shutUntil.isAfter(clock.instant())) {
            gate.shut(shutUntil);
        }
        return gate;
    }
}
