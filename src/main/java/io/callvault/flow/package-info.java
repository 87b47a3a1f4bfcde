// SPDX-License-Identifier: Apache-2.0
/**
 * The two loops and what meets in them: listing brings pages into the ledger, fetching brings due items into the spool,
 * storing brings them to each target, and the journal tells each target what happened. What is sent where stands in the
 * routes; here are order, repetition and the bookkeeping around every commit. Names no provider and no kind of store.
 */
package io.callvault.flow;
