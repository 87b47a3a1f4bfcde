// SPDX-License-Identifier: Apache-2.0
/**
 * Callvault judged from outside: the packaged program runs as a process against a provider written from the provider's
 * published protocol alone, and what lies in the targets afterwards is counted.
 *
 * <p>Nothing here knows a class of the program. The {@link io.callvault.acceptance.Lookalike} accepts published
 * operations and parameters only, and remembers everything it was asked.
 */
package io.callvault.acceptance;
