// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.Configuration;
import io.callvault.flow.Service;
import io.callvault.gate.Gate;
import io.callvault.gate.GateKey;
import io.callvault.gate.GateMemory;
import io.callvault.gate.Gates;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Ledgers;
import io.callvault.ledger.WorkLock;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What engines stand on, one after the other: the right to work on a home, the open ledger, and what one engine leaves to
 * the next. Each engine has at most one successor, and never works at the same time.
 */
final class Ground implements AutoCloseable {

    private final Configuration configuration;
    private final String command;
    private final Clock clock;
    private WorkLock workLock;
    private Ledger ledger;
    private volatile String refused;
    private Legacy legacy = new Legacy(Service.Memory.NONE, Map.of(), null);

    /**
     * @param configuration the first; those after it have the same home and ledger
     * @param command for whoever wants to know who holds the lock
     */
    Ground(Configuration configuration, String command, Clock clock) {
        this.configuration = configuration;
        this.command = command;
        this.clock = clock;
    }

    /**
     * What an engine leaves to the next one.
     *
     * @param service what its service was about
     * @param gates how each of its gates stood
     * @param restedAt when it took no trigger any more; null when there was no engine before
     */
    record Legacy(Service.Memory service, Map<GateKey, GateMemory> gates, Instant restedAt) {}

    /**
     * The ledger. The first call takes the lock and opens it.
     *
     * @throws io.callvault.error.StopAllException if another process works on it, or it cannot be used
     */
    synchronized Ledger ledger() {
        if (ledger == null) {
            String url = configuration.ledger().value();
            workLock = WorkLock.take(
                    configuration.home(), url, command, clock, () -> Runtime.getRuntime().halt(5));
            ledger = Ledgers.open(url, clock);
        }
        return ledger;
    }

    synchronized Legacy legacy() {
        return legacy;
    }

    synchronized void leave(Service.Memory service, Gates gates, Instant restedAt) {
        legacy = new Legacy(
                service,
                gates.all().stream().collect(Collectors.toMap(Gate::key, Gate::memory)),
                restedAt);
    }

    /** A changed configuration that is not in force, and why, in one sentence; null when there is none. */
    String refused() {
        return refused;
    }

    void refused(String sentence) {
        refused = sentence;
    }

    /** Closes the ledger and gives the right back. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (workLock != null) {
            if (ledger != null) {
                ledger.close();
            }
            workLock.close();
            workLock = null;
        }
    }
}
