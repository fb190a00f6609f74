package i18n

import (
	"strings"
	"time"
)

// Zone names a time zone as people do, by its city: "Los Angeles", "洛杉矶"; China's is Beijing's. What is no zone comes
// back as it is.
func (t *Texts) Zone(name string) string {
	area, _, found := strings.Cut(name, "/")
	if _, err := time.LoadLocation(name); !found || err != nil {
		return name
	}
	if t.language == Chinese {
		if city := chineseCities[name]; city != "" {
			return city
		}
	}
	if area == "Etc" {
		return name
	}
	return strings.ReplaceAll(name[strings.LastIndex(name, "/")+1:], "_", " ")
}

// chineseCities are those that have a Chinese name which everybody knows.
var chineseCities = map[string]string{
	"Asia/Shanghai": "北京", "Asia/Chongqing": "北京", "Asia/Urumqi": "乌鲁木齐", "Asia/Hong_Kong": "香港", "Asia/Macau": "澳门", "Asia/Taipei": "台北",
	"Asia/Tokyo": "东京", "Asia/Seoul": "首尔", "Asia/Singapore": "新加坡", "Asia/Kuala_Lumpur": "吉隆坡", "Asia/Bangkok": "曼谷", "Asia/Jakarta": "雅加达",
	"Asia/Manila": "马尼拉", "Asia/Ho_Chi_Minh": "胡志明市", "Asia/Kolkata": "加尔各答", "Asia/Calcutta": "加尔各答", "Asia/Dubai": "迪拜", "Asia/Riyadh": "利雅得",
	"Asia/Jerusalem": "耶路撒冷", "Asia/Tehran": "德黑兰", "Asia/Almaty": "阿拉木图",
	"Europe/London": "伦敦", "Europe/Dublin": "都柏林", "Europe/Paris": "巴黎", "Europe/Berlin": "柏林", "Europe/Madrid": "马德里", "Europe/Rome": "罗马",
	"Europe/Amsterdam": "阿姆斯特丹", "Europe/Brussels": "布鲁塞尔", "Europe/Vienna": "维也纳", "Europe/Zurich": "苏黎世", "Europe/Lisbon": "里斯本",
	"Europe/Stockholm": "斯德哥尔摩", "Europe/Oslo": "奥斯陆", "Europe/Copenhagen": "哥本哈根", "Europe/Helsinki": "赫尔辛基", "Europe/Warsaw": "华沙",
	"Europe/Prague": "布拉格", "Europe/Budapest": "布达佩斯", "Europe/Athens": "雅典", "Europe/Istanbul": "伊斯坦布尔", "Europe/Moscow": "莫斯科", "Europe/Kyiv": "基辅",
	"America/New_York": "纽约", "America/Chicago": "芝加哥", "America/Denver": "丹佛", "America/Phoenix": "菲尼克斯", "America/Los_Angeles": "洛杉矶",
	"America/Anchorage": "安克雷奇", "America/Detroit": "底特律", "America/Boise": "博伊西", "America/Toronto": "多伦多", "America/Vancouver": "温哥华", "America/Edmonton": "埃德蒙顿",
	"America/Winnipeg": "温尼伯", "America/Halifax": "哈利法克斯", "America/Mexico_City": "墨西哥城", "America/Bogota": "波哥大", "America/Lima": "利马",
	"America/Santiago": "圣地亚哥", "America/Sao_Paulo": "圣保罗", "America/Argentina/Buenos_Aires": "布宜诺斯艾利斯", "Pacific/Honolulu": "檀香山",
	"Australia/Sydney": "悉尼", "Australia/Melbourne": "墨尔本", "Australia/Brisbane": "布里斯班", "Australia/Perth": "珀斯", "Australia/Adelaide": "阿德莱德",
	"Australia/Darwin": "达尔文", "Australia/Hobart": "霍巴特", "Pacific/Auckland": "奥克兰",
	"Africa/Johannesburg": "约翰内斯堡", "Africa/Cairo": "开罗", "Africa/Lagos": "拉各斯", "Africa/Nairobi": "内罗毕",
}
