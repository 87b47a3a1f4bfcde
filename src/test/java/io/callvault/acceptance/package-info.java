// SPDX-License-Identifier: Apache-2.0
/**
 * Callvault judged from outside: the packaged program runs as a process against a provider written from the provider's
 * published protocol alone, and what lies in the targets afterwards is counted.
 *
 * <p>Nothing here knows a class of the program. The {@link io.callvault.acceptance.Lookalike} accepts published
 * operations and parameters only, and remembers everything it was asked. Only {@link
 * io.callvault.acceptance.LargeFileIT} asks the sandbox instead, which makes up the bytes of a large recording as it sends
 * them.
 */
package io.callvault.acceptance;
