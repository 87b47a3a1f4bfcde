// SPDX-License-Identifier: Apache-2.0
package io.callvault.bench;

/**
 * What one run cost.
 *
 * @param wall seconds from start to end
 * @param cpu seconds, user and system, of the process and its children
 * @param peakMegabytes the most memory that its largest process held at once, in MB of 10^6 bytes
 * @param originCpu seconds that the origin spent meanwhile
 * @param others the part of the machine, 0 to 1, that neither of them used but that was busy: other work, the kernel
 */
record Cost(double wall, double cpu, double peakMegabytes, double originCpu, double others) {}
