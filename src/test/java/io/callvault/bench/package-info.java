// SPDX-License-Identifier: Apache-2.0
/**
 * The benchmark: the packaged program against curl and rclone, all from one make-believe provider on this machine, and,
 * by {@code -Dbench.case}, what a long backlog, many idle customers, large recordings and the ledger's commits cost. It is
 * compiled with the tests and run by {@code mvn -Pbench -DskipTests verify} only. Loopback has no latency, so what is
 * measured is what a client costs. Quote ratios of one run, not seconds; on a shared machine differences below 20 % are
 * noise.
 */
package io.callvault.bench;
