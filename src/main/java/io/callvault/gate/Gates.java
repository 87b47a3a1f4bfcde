// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** All gates, made when first asked for. */
public final class Gates implements AutoCloseable {

    private final Map<GateKey, SlidingGate> gates = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Alarm alarm;
    private final Executor executor;
    private final Consumer<Gate> refused;

    /**
     * @param executor where who was let in goes on
     * @param refused told of a gate that a refusal has shut, before the refusal is used; keeps it over a restart
     */
    public Gates(Clock clock, Alarm alarm, Executor executor, Consumer<Gate> refused) {
        this.clock = clock;
        this.alarm = alarm;
        this.executor = executor;
        this.refused = refused;
    }

    /** The gate of this key; the limits are what a new one starts with. */
    public Gate open(GateKey key, GateLimits limits) {
        return gates.computeIfAbsent(key, missing -> new SlidingGate(missing, limits, clock, alarm, executor, refused));
    }

    /**
     * Carries on what an earlier process counted and learned.
     *
     * @param closedUntil null when it was open
     */
    public void resume(GateKey key, GateLimits limits, long requests, long refused, Instant closedUntil) {
        ((SlidingGate) open(key, limits)).resume(requests, refused, closedUntil);
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
}
