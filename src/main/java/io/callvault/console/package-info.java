// SPDX-License-Identifier: Apache-2.0
/**
 * The console: pages for people, made on the server, read from the ledger and from targets. A request comes in as an
 * {@link io.callvault.console.Ask} and goes out as a {@link io.callvault.console.Reply}; who listens on the network is the
 * engine's matter. Everything that comes from a provider was chosen by callers: the templates in {@code src/main/jte}
 * escape it, media are given as what they are proved to be or as a download. Never asks a provider.
 */
package io.callvault.console;
