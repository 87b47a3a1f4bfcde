// SPDX-License-Identifier: Apache-2.0
/**
 * Puts the rooms together: the configuration becomes a Camel context with its beans, its routes from files and the few that
 * are made for each customer and target, a ledger under its lock, gates, and the loops. The only room that knows them all.
 */
package io.callvault.engine;
