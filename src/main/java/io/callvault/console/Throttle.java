// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes guessing slow: after some failures in a row, the next try has to wait, twice as long each time. */
final class Throttle {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration FORGOTTEN = Duration.ofHours(1);
    private static final int REMEMBERED = 10_000;

    private record Failures(int count, Instant last) {

        private Instant next(int free) {
            int over = Math.min(count - free, 9);
            Duration pause = over < 0 ? Duration.ZERO : Duration.ofSeconds(1L << over);
            return last.plus(pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
        }
    }

    private final int free;
    private final Map<String, Failures> failures = new LinkedHashMap<>();

    /** @param free failures that cost nothing */
    Throttle(int free) {
        this.free = free;
    }

    /** How long whoever this is has to wait; zero for not at all. */
    synchronized Duration pause(String key, Instant now) {
        Failures known = failures.get(key);
        if (known == null || !known.next(free).isAfter(now)) {
            return Duration.ZERO;
        }
        return Duration.between(now, known.next(free));
    }

    synchronized void failed(String key, Instant now) {
        Failures known = failures.remove(key);
        boolean isOld = known != null && known.last().plus(FORGOTTEN).isBefore(now);
        failures.put(key, new Failures(known == null || isOld ? 1 : known.count() + 1, now));
        while (failures.size() > REMEMBERED) {
            failures.remove(failures.keySet().iterator().next());
        }
    }

    synchronized void succeeded(String key) {
        failures.remove(key);
    }
}
