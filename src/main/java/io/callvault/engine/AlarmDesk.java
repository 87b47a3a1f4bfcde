// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.alarm.Channel;
import io.callvault.alarm.Digest;
import io.callvault.alarm.Lookout;
import io.callvault.alarm.Post;
import io.callvault.alarm.Situation;
import io.callvault.config.Configuration;
import io.callvault.config.CustomerSettings;
import io.callvault.error.ArchiveException;
import io.callvault.flow.Service;
import io.callvault.flow.Standing;
import io.callvault.gate.Alarm;
import io.callvault.ledger.AlarmFacts;
import io.callvault.ledger.AlarmState;
import io.callvault.ledger.Ledger;
import io.callvault.observe.Pages;
import io.callvault.provider.Provider;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks once a minute at how everything stands, and has told what must be told. On a thread of its own. */
final class AlarmDesk implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AlarmDesk.class);

    static final Duration EVERY = Duration.ofMinutes(1);

    /** For a look that runs when everything is to stop; what it could not send is sent after the next start. */
    private static final long PATIENCE_SECONDS = 3;

    private final Configuration configuration;
    private final List<CustomerSettings> customers;
    private final Ledger ledger;
    private final Map<String, Provider> providers;
    private final Service service;
    private final Clock clock;
    private final Lookout lookout;
    private final Digest digest;
    private final Post post;
    private final Disks disks;
    private final Supplier<String> refused;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread one = new Thread(work, "callvault-alarms");
        one.setDaemon(true);
        return one;
    });
    private final Instant begun;
    private volatile Pages.Pulse pulse;
    private volatile Duration commit;
    private volatile List<AlarmState> raised = List.of();
    private volatile boolean isClosed;

    /** @param refused what stands changed on disk and is not in force, and why; answers null when nothing does */
    AlarmDesk(
            Configuration configuration,
            List<String> ids,
            Ledger ledger,
            Service service,
            Map<String, Provider> providers,
            List<Channel> channels,
            Clock clock,
            Disks.Gauge gauge,
            Supplier<String> refused) {
        this.configuration = configuration;
        this.customers = ids.stream().map(id -> configuration.customers().get(id)).toList();
        this.ledger = ledger;
        this.service = service;
        this.providers = providers;
        this.clock = clock;
        Function<String, List<String>> ways = customer -> channels.stream()
                .filter(channel -> channel.destination(customer) != null)
                .map(Channel::name)
                .toList();
        this.lookout = new Lookout(ledger.alarms(), configuration.alarms(), ways, clock);
        this.digest = new Digest(ledger, lookout, configuration.alarms(), clock);
        this.post = new Post(ledger.alarms(), channels, clock);
        this.disks = new Disks(gauge);
        this.refused = refused;
        this.begun = clock.instant();
        this.pulse = new Pages.Pulse(begun, null, null);
    }

    /** Looks now, and every minute from now on. */
    void begin(Alarm alarm) {
        try {
            thread.execute(() -> {
                if (!isClosed) {
                    lookAndTell();
                    alarm.after(EVERY, () -> begin(alarm));
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("Stopped while it began to look", e);
        }
    }

    /** A failure ends one look, never the next. */
    private void lookAndTell() {
        pulse = new Pages.Pulse(begun, clock.instant(), pulse.wroteAt());
        try {
            beat();
            look();
        } catch (RuntimeException e) {
            ArchiveException ours = ArchiveException.in(e);
            if (isClosed) {
                LOG.debug("Stopped while it looked", e);
            } else if (ours != null) {
                LOG.error("{}", ours.sentence());
            } else {
                LOG.error("A bug of Callvault, while it looked for alarms", e);
            }
        }
    }

    private void beat() {
        long before = System.nanoTime();
        ledger.alarms().beat().join();
        commit = Duration.ofNanos(System.nanoTime() - before);
        pulse = new Pages.Pulse(begun, pulse.lookedAt(), clock.instant());
    }

    /** Whether it looks, and the ledger takes what is written. */
    Pages.Pulse pulse() {
        return pulse;
    }

    /** How long the last write took that was timed; null before the first. */
    Duration commit() {
        return commit;
    }

    /** One look, and what is to be sent is sent. Blocks. */
    void look() {
        Map<String, Standing> standings =
                service.standings().stream().collect(Collectors.toMap(Standing::customer, Function.identity()));
        List<Situation> situations = new ArrayList<>();
        situations.add(installation());
        for (CustomerSettings customer : customers) {
            situations.add(situation(customer, standings.get(customer.id())));
        }
        lookout.look(situations);
        raised = lookout.raised();
        digest.write(customers);
        post.deliver();
    }

    /** What stands now: raised and not over. */
    List<AlarmState> raised() {
        return raised;
    }

    private Situation installation() {
        return new Situation(
                "",
                null,
                List.of(),
                List.of(),
                Map.of(),
                Map.of("home", disks.room(configuration.home())),
                refused.get());
    }

    private Situation situation(CustomerSettings customer, Standing standing) {
        AlarmFacts facts = ledger.alarms().facts(customer.id(), customer.targets());
        if (keepStopped(customer.id(), facts, standing)) {
            facts = ledger.alarms().facts(customer.id(), customer.targets());
        }
        Map<String, Situation.Room> rooms = new LinkedHashMap<>();
        for (String target : customer.targets()) {
            for (Path place : configuration.targets().get(target).places()) {
                rooms.put(target, disks.room(place));
            }
        }
        return new Situation(
                customer.id(),
                facts,
                customer.feeds(),
                targets(customer, facts, standing),
                providers.get(customer.provider()).credentialsEnd(customer.id()),
                rooms,
                null);
    }

    /**
     * What stops a customer is kept where status finds it, until its work is seen to go on.
     *
     * @return true when something has changed
     */
    private boolean keepStopped(String customer, AlarmFacts facts, Standing standing) {
        if (standing == null) {
            return false;
        }
        if (standing.stopped() != null && !standing.stopped().sentence().equals(facts.stopped())) {
            ArchiveException stopped = standing.stopped();
            ledger.stopped(customer, stopped.code().name(), stopped.getMessage(), clock.instant())
                    .join();
            return true;
        }
        if (standing.isProved() && facts.stopped() != null) {
            ledger.stopped(customer, null, null, clock.instant()).join();
            return true;
        }
        return false;
    }

    static List<Situation.Target> targets(CustomerSettings customer, AlarmFacts facts, Standing standing) {
        Map<String, Standing.Target> standings = standing == null
                ? Map.of()
                : standing.targets().stream().collect(Collectors.toMap(Standing.Target::name, Function.identity()));
        return customer.targets().stream()
                .map(name -> {
                    Standing.Target now = standings.get(name);
                    String down = now != null && now.down() != null
                            ? now.down().sentence()
                            : facts.troubled().get(name);
                    return new Situation.Target(name, down, now != null && now.isProved());
                })
                .toList();
    }

    @Override
    public void close() {
        isClosed = true;
        thread.shutdown();
        try {
            thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        disks.close();
    }
}
