# lists.awk - mawk: a file to lists.
# mawk -v job=pupils|results -f lists.awk SCHOOLS FILE | sort
BEGIN {
	FS = ","
	n = split("vpr-math-5 vpr-math-6 vpr-rus-5 vpr-rus-6 oge-math oge-rus ege-math-base ege-math-profile ege-rus", names, " ")
	for (i = 1; i <= n; i++)
		asked[names[i]] = 1
	least["ege-rus"] = 24
	least["ege-math-profile"] = 27
}
FNR == 1 { file++; next }
file == 1 { kind[$1] = $3; next }
job == "results" { all[$1 "," $2 "," $3] = $4; failed[$1 "," $2 "," $3] = $5; next }
$7 != "retake" && $8 == "current" && ($5 != "" || $6 != "") {
	key = $1 "," $2 "," $3
	all[key]++
	if ($3 in least ? $6 < least[$3] : $5 == 2)
		failed[key]++
}
END {
	for (key in all) {
		split(key, part, ",")
		k = kind[part[1]]
		if (!(part[3] in asked) || k == "nosh" || k == "correctional" ||
		    (k == "oosh" && part[3] ~ /^ege-/) ||
		    all[key] <= 0 || 10 * failed[key] < 3 * all[key])
			continue
		low[part[1] "," substr(part[2], 1, 4)]++
	}
	for (key in low) {
		split(key, part, ",")
		y = part[2] + 0
		before = ((part[1] "," (y - 1)) in low)
		if (y < 2021 || (low[key] < 2 && !before))
			continue
		first = low[key] >= 2 ? "K1" : ""
		second = before ? "K2" : ""
		gap = first != "" && second != "" ? " " : ""
		print (y + 1) "/" (y + 2) "," part[1] "," first gap second
	}
}
