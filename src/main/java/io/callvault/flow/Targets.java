// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.store.RouteStore;
import io.callvault.store.Store;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.camel.ProducerTemplate;

/** The stores behind the targets' names. */
public final class Targets {

    private final Supplier<ProducerTemplate> producer;
    private final Map<String, Store> stores = new ConcurrentHashMap<>();

    /** @param producer asked for when the first target is */
    public Targets(Supplier<ProducerTemplate> producer) {
        this.producer = producer;
    }

    /** One of them by its name. */
    public Store store(String target) {
        return stores.computeIfAbsent(target, name -> new RouteStore(producer.get(), name));
    }
}
