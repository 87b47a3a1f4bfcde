// SPDX-License-Identifier: Apache-2.0
/**
 * The configuration: one properties file, read once into records that refuse what is wrong, all problems told together.
 *
 * <p>What a key is stands in one place each: {@link io.callvault.config.Keys} for our own, {@code
 * routes/<provider>/provider.yaml} for a provider's, the Kamelet {@code routes/store/store-<kind>.kamelet.yaml} for a
 * target's. No provider and no kind of target is named in Java. Secrets stay unresolved until a command asks for them,
 * and are never part of a problem, a warning or a {@code toString}. Only {@link io.callvault.config.CamelPlaceholders}
 * knows Camel.
 */
package io.callvault.config;
