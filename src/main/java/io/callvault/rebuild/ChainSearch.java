// SPDX-License-Identifier: Apache-2.0
package io.callvault.rebuild;

import io.callvault.store.Store;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the objects of a customer's journal lie in a target. */
final class ChainSearch {

    private static final Pattern NUMBER = Pattern.compile(".*/([0-9]{1,18})\\.jsonl\\.gz");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy/MM/dd");

    private final Store store;
    private final String directory;

    ChainSearch(Store store, String customer) {
        this.store = store;
        this.directory = customer + "/journal/";
    }

    /**
     * All that the target lists, by number.
     *
     * @param twice takes the second of two of the same number, with the first
     */
    Map<Long, String> listed(BiConsumer<String, String> twice) {
        Map<Long, String> found = new TreeMap<>();
        store.list(directory, object -> {
            Matcher matcher = NUMBER.matcher(object.path());
            if (matcher.matches()) {
                String other = found.putIfAbsent(Long.parseLong(matcher.group(1)), object.path());
                if (other != null) {
                    twice.accept(object.path(), other);
                }
            }
        });
        return found;
    }

    /**
     * What is found by asking: number 1 day after day, then each further number from the day of the one before. What lies
     * behind a number that is missing cannot be found in this way.
     *
     * @param first where the search begins
     * @param last where it ends
     */
    Map<Long, String> asked(LocalDate first, LocalDate last) {
        Map<Long, String> found = new TreeMap<>();
        LocalDate day = first;
        long number = 1;
        while (!day.isAfter(last)) {
            String path = directory + DAY.format(day) + "/" + number + ".jsonl.gz";
            if (store.stat(path).isPresent()) {
                found.put(number, path);
                number++;
            } else {
                day = day.plusDays(1);
            }
        }
        return found;
    }
}
