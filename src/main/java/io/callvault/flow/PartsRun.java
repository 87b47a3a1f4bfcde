// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.model.Part;
import io.callvault.model.PartsPage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One reading of the list of a feed's parts. Used by one exchange at a time. */
public final class PartsRun {

    private final Customer customer;
    private final Feed feed;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Set<String> asked = new HashSet<>();
    private String address;
    private int failures;
    private boolean isCut;

    PartsRun(Customer customer, Feed feed) {
        this.customer = customer;
        this.feed = feed;
        this.address = customer.provider().firstParts(customer.id(), feed.name());
    }

    Customer customer() {
        return customer;
    }

    Feed feed() {
        return feed;
    }

    /** The page to ask for next; null at the end. */
    String address() {
        return address;
    }

    /** The present page could not be had; answers how often that is now. */
    int failed() {
        return ++failures;
    }

    /** Takes a page in. Pages move while they are read, so a part may come twice. */
    void take(PartsPage page) {
        asked.add(address);
        failures = 0;
        page.parts().forEach(part -> parts.put(part.id(), part));
        isCut = page.refusedNext() != null || asked.contains(page.next());
        address = isCut ? null : page.next();
    }

    /** Those that were named so far, each once. */
    List<Part> parts() {
        return new ArrayList<>(parts.values());
    }

    /** True if the list goes on where it may not be followed: at another host, or in a circle. */
    boolean isCut() {
        return isCut;
    }
}
