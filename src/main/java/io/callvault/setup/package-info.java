// SPDX-License-Identifier: Apache-2.0
/**
 * How a first configuration comes about: what {@code callvault init} asks, or takes from a file of answers, and writes.
 *
 * <p>Which questions there are is declared in the routes directory: by each provider's {@code provider.yaml} and each
 * kind of target's Kamelet. No provider and no kind of target is named here. Every answer is judged by the
 * configuration's own reader. Nothing is written before all of it is right.
 */
package io.callvault.setup;
