// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.time.Duration;

/**
 * How long a customer's provider keeps one kind of thing, as it told.
 *
 * @param name the provider's own word for it
 * @param kept whole seconds, more than none
 * @param isApplied false while items listed before may still have another time of loss
 */
public record Retention(String name, Duration kept, boolean isApplied) {}
